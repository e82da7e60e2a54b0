package io.guanjia.trials.faults;

import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.DeskClient;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two people at the desk, each at another node, who reach for the same conversations at the same
 * time. Who gets one says one sentence and gives it back.
 */
final class Agents implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);
    private static final int TRIES = 40;

    private final Map<String, Set<String>> owners = new ConcurrentHashMap<>();
    private final Map<String, List<String>> said = new ConcurrentHashMap<>();
    private final AtomicInteger sentences = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    /** Begins to serve. */
    Agents(Scene scene) {
        for (int i = 0; i < Scene.AGENTS.size(); i++) {
            var node = scene.cluster().nodes().get(i);
            var name = Scene.AGENTS.get(i);
            var desk = DeskClient.signIn(node.address(), name, Scene.PASSWORD);
            threads.add(Thread.startVirtualThread(() -> keepServing(name, desk)));
        }
    }

    /** What was said to each customer, by openid, as far as the gateway confirmed it. */
    Map<String, List<String>> said() {
        return Map.copyOf(said);
    }

    /** Conversations that both were told to have. */
    long doubleAssignments() {
        return owners.values().stream().filter(names -> names.size() > 1).count();
    }

    private void keepServing(String name, DeskClient desk) {
        while (open) {
            try {
                for (var conversation : desk.queue()) {
                    serve(name, desk, conversation);
                }
            } catch (IOException e) {
                // The desk is out of order for a moment; that is what is being tried.
            }
            Await.pause(LOOK_EVERY);
        }
    }

    /** Both see the queue in the same order, so they reach for the same one. */
    private void serve(String name, DeskClient desk, String conversation) throws IOException {
        var path = "/api/v1/conversations/" + conversation;
        var taken = desk.post(path + "/take", Map.of());
        if (taken.statusCode() != 200) {
            return;
        }
        var view = JSON.readTree(taken.body());
        if (!view.path("agent").path("username").asString("").equals(name)) {
            return;
        }
        owners.computeIfAbsent(conversation, _ -> ConcurrentHashMap.newKeySet()).add(name);
        var openid = view.path("party").asString();
        var words = "坐席答复第%d句。".formatted(sentences.incrementAndGet());
        var reply =
                Map.of(
                        "clientId",
                        UUID.randomUUID().toString(),
                        "content",
                        Map.of("type", "text", "body", words));
        if (insist(desk, path + "/messages", reply, 201)) {
            said.computeIfAbsent(openid, _ -> new CopyOnWriteArrayList<>()).add(words);
        }
        insist(desk, path + "/close", Map.of(), 200);
    }

    /** As a person does who sees an error: tries again. The same client id makes that harmless. */
    private static boolean insist(DeskClient desk, String path, Map<String, ?> body, int wanted) {
        for (int i = 0; i < TRIES; i++) {
            try {
                if (desk.post(path, body).statusCode() == wanted) {
                    return true;
                }
            } catch (IOException e) {
                // Tried again.
            }
            Await.pause(LOOK_EVERY);
        }
        return false;
    }

    @Override
    public void close() {
        open = false;
        threads.forEach(Threads::join);
    }
}
