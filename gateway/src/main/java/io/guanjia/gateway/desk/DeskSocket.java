package io.guanjia.gateway.desk;

import io.guanjia.gateway.desk.DeskDoor.Pass;
import io.guanjia.gateway.socket.FrameQueue;
import io.guanjia.gateway.socket.Pulse;

import org.springframework.web.reactive.socket.CloseStatus;

import tools.jackson.databind.json.JsonMapper;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** One open socket: who is behind it, what they watch, and what waits to be written to them. */
final class DeskSocket {

    /** More threads than anybody has open. */
    private static final int MOST_WATCHES = 50;

    /** Bytes that may wait. A thread's first chunk can take a good part of it. */
    private static final int MOST_WAITING = 1024 * 1024;

    private final Pass pass;
    private final FrameQueue queue = new FrameQueue(MOST_WAITING);
    private final Map<UUID, Watch> watches = new ConcurrentHashMap<>(4);
    private final JsonMapper mapper;
    private final Pulse pulse = new Pulse(System.nanoTime());
    private volatile CountReads.Counts counts = new CountReads.Counts(-1, -1, -1);

    DeskSocket(Pass pass, JsonMapper mapper) {
        this.pass = pass;
        this.mapper = mapper;
    }

    Pass pass() {
        return pass;
    }

    Viewer viewer() {
        return pass.viewer();
    }

    FrameQueue queue() {
        return queue;
    }

    void push(Frame frame) {
        push(new Rendered(frame, mapper));
    }

    void push(Rendered frame) {
        queue.push(frame.in(pass.locale()));
    }

    /** Only where they differ from the last ones. */
    void push(CountReads.Counts newCounts) {
        if (!newCounts.equals(counts)) {
            counts = newCounts;
            push(new Frame.Counts(newCounts.queue(), newCounts.mine(), newCounts.bot()));
        }
    }

    void close(CloseStatus status) {
        queue.close(status);
    }

    /** The other side gave a sign of life. */
    void heard() {
        pulse.heard(System.nanoTime());
    }

    Pulse.Finding look() {
        return pulse.look(System.nanoTime());
    }

    /** Replaces an earlier watch of the same conversation. */
    boolean add(Watch watch) {
        if (watches.size() >= MOST_WATCHES && !watches.containsKey(watch.conversation())) {
            return false;
        }
        watches.put(watch.conversation(), watch);
        return true;
    }

    void remove(UUID conversation) {
        watches.remove(conversation);
    }

    Optional<Watch> watch(UUID conversation) {
        return Optional.ofNullable(watches.get(conversation));
    }

    boolean has(Watch watch) {
        return watches.get(watch.conversation()) == watch;
    }

    Iterable<UUID> watched() {
        return watches.keySet();
    }
}
