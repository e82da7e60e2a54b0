package io.guanjia.sandbox.app;

import io.guanjia.sandbox.http.Json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What a customer has written and the gateway has not accepted yet, in order. Each goes by an id of
 * ours, which is the same for every try, and is said once on every connection, unless the gateway
 * asks for it again. Safe for several threads.
 */
final class Outbox {

    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    private @Nullable Consumer<String> line;

    private record Waiting(String frame, CompletableFuture<String> outcome) {}

    /** Completes with {@code accepted}, or with {@code refused: } and the gateway's code. */
    synchronized CompletableFuture<String> add(String id, ObjectNode content, Instant at) {
        var frame = Json.object().put("type", "send").put("id", id);
        frame.set("content", content);
        frame.put("at", at.toString());
        var one = new Waiting(frame.toString(), new CompletableFuture<>());
        waiting.put(id, one);
        if (line != null) {
            line.accept(one.frame());
        }
        return one.outcome();
    }

    /** The gateway listens: all that waits is said to it now, and what is added later at once. */
    synchronized void opens(Consumer<String> to) {
        line = to;
        waiting.values().forEach(one -> to.accept(one.frame()));
    }

    /** Nobody listens there any more; another line that has been opened since stays open. */
    synchronized void closes(Consumer<String> to) {
        if (line == to) {
            line = null;
        }
    }

    /** One of them; empty where it has come to an end. */
    synchronized List<String> frame(String id) {
        var one = waiting.get(id);
        return one == null ? List.of() : List.of(one.frame());
    }

    void ends(String id, String outcome) {
        Waiting ended;
        synchronized (this) {
            ended = waiting.remove(id);
        }
        if (ended != null) {
            ended.outcome().complete(outcome);
        }
    }

    synchronized boolean holds(String id) {
        return waiting.containsKey(id);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }
}
