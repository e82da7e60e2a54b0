package io.guanjia.sandbox.app;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;

import org.jspecify.annotations.Nullable;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a phone connected until it is ended: comes back after whatever closed the socket, as soon
 * as the protocol allows. Safe for several threads.
 */
final class Link {

    private static final Duration PING_EVERY = Duration.ofSeconds(25);
    private static final Duration SILENCE = Duration.ofSeconds(65);
    private static final String PING = "{\"type\":\"ping\"}";

    /** A hundred of the longest lines. */
    private static final int LARGEST_FRAME = 2 * 1024 * 1024;

    private static final WebsocketClientSpec SPEC =
            WebsocketClientSpec.builder().maxFramePayloadLength(LARGEST_FRAME).build();

    private static final int GOING_AWAY = 1001;
    private static final int NO_CLOSE = 1006;
    private static final int SERVICE_RESTART = 1012;
    private static final int LONGEST_PAUSE_SECONDS = 30;

    private final HttpClient client;
    private final Phone phone;
    private volatile boolean ended;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable Connection connection;
    private @Nullable Disposable work;
    private Sinks.@Nullable Many<String> outgoing;

    Link(HttpClient client, Phone phone) {
        this.client = client;
        this.phone = phone;
    }

    /** Who is kept connected. */
    interface Phone {

        /** Shown to the gateway; asked for every connection, because they expire. */
        Mono<String> token();

        /** With the last line the phone has. */
        URI address();

        /** Returns whether the link goes on; if not, something has been missed. */
        boolean hears(String frame);

        /** The socket is closed, and will be opened again. */
        void loses();
    }

    synchronized void open() {
        work =
                Mono.defer(this::talk)
                        .onErrorResume(_ -> Mono.just(NO_CLOSE))
                        .flatMap(code -> ended ? Mono.empty() : Mono.delay(pauseAfter(code)))
                        .repeat(() -> !ended)
                        .subscribe();
    }

    private Mono<Integer> talk() {
        return phone.token()
                .flatMap(
                        token ->
                                client.headers(
                                                headers ->
                                                        headers.set(
                                                                HttpHeaderNames.AUTHORIZATION,
                                                                "Bearer " + token))
                                        .websocket(SPEC)
                                        .uri(phone.address())
                                        .handle(this::converse)
                                        .next())
                .defaultIfEmpty(NO_CLOSE);
    }

    private Mono<Integer> converse(WebsocketInbound in, WebsocketOutbound out) {
        var words = Sinks.many().unicast().<String>onBackpressureBuffer();
        in.withConnection(opened -> connection = opened);
        var closed =
                in.receiveCloseStatus()
                        .map(status -> status.code() <= 0 ? NO_CLOSE : status.code())
                        .defaultIfEmpty(NO_CLOSE);
        var hearing =
                in.aggregateFrames(LARGEST_FRAME)
                        .receive()
                        .asString()
                        .timeout(SILENCE)
                        .concatMap(frame -> hear(frame, words))
                        .then(closed);
        var speaking =
                out.sendObject(words.asFlux().map(TextWebSocketFrame::new), _ -> true)
                        .then()
                        .thenReturn(NO_CLOSE);
        var pinging =
                Flux.interval(PING_EVERY)
                        .concatMap(_ -> Mono.fromRunnable(() -> says(PING)))
                        .then(Mono.<Integer>never());
        return Mono.firstWithSignal(hearing, speaking, pinging).doFinally(_ -> lose());
    }

    private Mono<Void> hear(String frame, Sinks.Many<String> words) {
        return Mono.fromRunnable(
                () -> {
                    synchronized (this) {
                        outgoing = words;
                    }
                    failures.set(0);
                    if (!phone.hears(frame)) {
                        cut();
                    }
                });
    }

    private void lose() {
        synchronized (this) {
            outgoing = null;
        }
        if (!ended) {
            phone.loses();
        }
    }

    private Duration pauseAfter(int code) {
        if (code == GOING_AWAY || code == SERVICE_RESTART) {
            return Duration.ZERO;
        }
        var before = failures.getAndIncrement();
        var seconds = Math.min(LONGEST_PAUSE_SECONDS, 1 << Math.min(before, 5));
        return Duration.ofMillis(seconds * ThreadLocalRandom.current().nextLong(800, 1_200));
    }

    /** Returns false while there is no connection. */
    synchronized boolean says(String frame) {
        return outgoing != null && outgoing.tryEmitNext(frame).isSuccess();
    }

    /** The network is gone without a word; the link notices and comes back. */
    void cut() {
        var open = connection;
        if (open != null) {
            open.channel().close();
        }
    }

    /** Says good-bye where there is a connection. Nothing is heard from then on. */
    synchronized void end() {
        ended = true;
        if (outgoing != null) {
            outgoing.tryEmitComplete();
        } else if (work != null) {
            work.dispose();
        }
    }
}
