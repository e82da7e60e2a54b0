package io.guanjia.gateway.socket;

import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What waits to be written to one socket. Bounded: who reads more slowly than things happen is
 * closed and comes back for what was missed, so a slow client costs at most a limit and a frame.
 * What waits then is still written: each connection brings a client further.
 */
public final class FrameQueue {

    private static final byte[] PING = new byte[0];

    private final Sinks.Many<byte[]> frames =
            Sinks.many()
                    .unicast()
                    .onBackpressureBuffer(Queues.<byte[]>unboundedMultiproducer().get());
    private final Sinks.One<CloseStatus> end = Sinks.one();
    private final AtomicInteger waiting = new AtomicInteger();
    private final int limit;
    private volatile boolean ending;

    /**
     * @param limit in bytes; nothing more is taken once more than that waits
     */
    public FrameQueue(int limit) {
        this.limit = limit;
    }

    /** From any thread. */
    public void push(byte[] frame) {
        if (waiting.getAndAdd(frame.length) > limit) {
            close(CloseStatus.SERVICE_OVERLOAD);
            return;
        }
        emit(frame);
    }

    public void ping() {
        emit(PING);
    }

    private synchronized void emit(byte[] frame) {
        frames.tryEmitNext(frame);
    }

    /** Nothing is said any more after what waits. The first word counts. */
    public void close(CloseStatus status) {
        ending = true;
        complete();
        end.tryEmitValue(status);
    }

    private synchronized void complete() {
        frames.tryEmitComplete();
    }

    /** Whether it is decided that, and how, this ends. */
    public boolean ending() {
        return ending;
    }

    /** Emits how to close, once that is decided. */
    public Mono<CloseStatus> end() {
        return end.asMono();
    }

    /**
     * Writes what is said, one frame after the other, until it is closed and nothing waits. To be
     * subscribed to once.
     *
     * <p>A frame waits until it has been written: given many at once, the connection takes 128 of
     * them out of here, whatever their size, and keeps them for who does not read.
     */
    Mono<Void> writeTo(WebSocketSession session) {
        return frames.asFlux().concatMap(frame -> write(frame, session), 1).then();
    }

    private Mono<Void> write(byte[] frame, WebSocketSession session) {
        return session.send(Mono.fromSupplier(() -> message(frame, session)))
                .then(Mono.fromRunnable(() -> waiting.addAndGet(-frame.length)));
    }

    private static WebSocketMessage message(byte[] frame, WebSocketSession session) {
        return frame.length == 0
                ? session.pingMessage(buffers -> buffers.wrap(frame))
                : new WebSocketMessage(
                        WebSocketMessage.Type.TEXT, session.bufferFactory().wrap(frame));
    }
}
