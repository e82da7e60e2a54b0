package io.guanjia.adapters.app;

import io.guanjia.gateway.message.Address;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.CloseStatus;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/** Tells sockets the lines they lack. What each lacks is read from the thread, from where it is. */
final class Telling {

    private static final Logger log = LoggerFactory.getLogger(Telling.class);

    /** Lines in one frame. */
    static final int CHUNK = 100;

    /** Bytes, unless one line has more: what a slow line gets through before it breaks counts. */
    private static final int LONGEST_FRAME = 64 * 1024;

    private final OpenSockets sockets;
    private final Threads threads;
    private final JsonMapper mapper;

    Telling(OpenSockets sockets, Threads threads, JsonMapper mapper) {
        this.sockets = sockets;
        this.threads = threads;
        this.mapper = mapper;
    }

    /** Everyone of that customer here. Never fails: whoever cannot be told comes back. */
    Mono<Void> tell(Address customer) {
        return threads.gather(customer)
                .onErrorResume(
                        failure -> {
                            log.warn("A thread could not be continued: {}", failure.toString());
                            sockets.of(customer)
                                    .forEach(socket -> socket.close(CloseStatus.SERVER_ERROR));
                            return Mono.empty();
                        })
                .thenMany(Flux.defer(() -> Flux.fromIterable(sockets.of(customer))))
                .concatMap(this::catchUp)
                .then();
    }

    /**
     * What was taken back of what the client has: it was away, and may show the words still. Never
     * fails: whoever is not told now is told when it comes back.
     */
    Mono<Void> recalled(AppSocket socket) {
        return Mono.defer(() -> threads.recalled(socket.customer().address(), socket.have()))
                .filter(lines -> !lines.isEmpty())
                .flatMap(lines -> Mono.<Void>fromRunnable(() -> pushRecalled(socket, lines)))
                .onErrorResume(
                        failure -> {
                            log.warn("What was taken back is not known: {}", failure.toString());
                            return Mono.empty();
                        });
    }

    /** A line was taken back. Everyone of that customer here learns so. */
    void recalled(Threads.Recalled line) {
        sockets.of(line.by()).forEach(socket -> pushRecalled(socket, List.of(line.sequence())));
    }

    private void pushRecalled(AppSocket socket, List<Long> lines) {
        push(socket, new Frame.Recalled(lines));
    }

    /** Reads and sends until there is nothing more. Where that fails the client comes back. */
    Mono<Void> catchUp(AppSocket socket) {
        return Mono.defer(
                        () ->
                                socket.beginsReading()
                                        ? read(socket).doOnCancel(socket::stopsReading)
                                        : Mono.<Void>empty())
                .onErrorResume(
                        failure -> {
                            log.warn("A thread could not be read: {}", failure.toString());
                            socket.stopsReading();
                            socket.close(CloseStatus.SERVER_ERROR);
                            return Mono.empty();
                        });
    }

    private Mono<Void> read(AppSocket socket) {
        var after = socket.have();
        return threads.after(socket.customer().address(), after, CHUNK)
                .flatMap(
                        lines -> {
                            lines.forEach(line -> socket.site().links().into(line.content()));
                            if (!lines.isEmpty()) {
                                push(socket, after, lines);
                            }
                            return lines.size() < CHUNK && socket.doneReading()
                                    ? Mono.empty()
                                    : read(socket);
                        });
    }

    private void push(AppSocket socket, long after, List<Threads.Line> lines) {
        var last = lines.getLast().sequence();
        var frame = mapper.writeValueAsBytes(new Frame.Messages(after, last, lines));
        if (frame.length > LONGEST_FRAME && lines.size() > 1) {
            var half = lines.size() / 2;
            push(socket, after, lines.subList(0, half));
            push(socket, lines.get(half - 1).sequence(), lines.subList(half, lines.size()));
        } else {
            socket.queue().push(frame);
            socket.have(last);
        }
    }

    void push(AppSocket socket, Frame frame) {
        socket.queue().push(mapper.writeValueAsBytes(frame));
    }
}
