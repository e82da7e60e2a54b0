package io.guanjia.gateway.socket;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.function.Function;

/** One socket, from when it is open until it is closed. */
public final class Talk {

    private static final Logger log = LoggerFactory.getLogger(Talk.class);

    /** Past this, who does not even take the close is cut off. */
    static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);

    private Talk() {}

    /**
     * Completes when the socket is closed, by whichever side.
     *
     * @param queue what is said
     * @param enter comes before anything is heard; what it says is written meanwhile
     * @param hear does what one frame asks for, one after the other; empty for a sign of life
     * @param leave comes last, whatever happens
     * @param cut ends the line under it: a close is written behind all that waits, and who does not
     *     read that in time never gets there
     */
    public static Mono<Void> serve(
            WebSocketSession session,
            FrameQueue queue,
            Mono<Void> enter,
            Function<String, Mono<Void>> hear,
            Runnable leave,
            Runnable cut) {
        // A message's bytes are gone once it has been passed on: read them before anything waits.
        // Our own close ends what comes in at once, but must not be cut off itself by that end.
        var heard =
                session.receive()
                        .map(Talk::text)
                        .concatMap(hear, 1)
                        .onErrorResume(failure -> ended(queue, failure))
                        .then(
                                Mono.defer(
                                        () ->
                                                queue.ending()
                                                        ? Mono.<Void>never()
                                                        : Mono.<Void>empty()));
        var said = queue.writeTo(session).then(queue.end()).flatMap(how -> close(session, how));
        var overdue =
                queue.end().delayElement(CLOSED_WITHIN).flatMap(_ -> Mono.<Void>fromRunnable(cut));
        return Mono.firstWithSignal(enter.then(heard), said, overdue)
                .onErrorResume(Talk::broke)
                .doFinally(_ -> leave.run());
    }

    /** A frame that is too long, or against the protocol, says how this is to end. */
    private static Mono<Void> ended(FrameQueue queue, Throwable failure) {
        switch (failure) {
            case CorruptedWebSocketFrameException corrupt ->
                    queue.close(new CloseStatus(corrupt.closeStatus().code()));
            case TooLongFrameException _ -> queue.close(CloseStatus.TOO_BIG_TO_PROCESS);
            default -> {}
        }
        return broke(failure);
    }

    private static Mono<Void> broke(Throwable failure) {
        log.debug("A socket broke: {}", failure.toString());
        return Mono.empty();
    }

    /** Empty for a sign of life. */
    private static String text(WebSocketMessage message) {
        return message.getType() == WebSocketMessage.Type.TEXT ? message.getPayloadAsText() : "";
    }

    /** Not to be cancelled: that would take the frame back while it waits to be written. */
    private static Mono<Void> close(WebSocketSession session, CloseStatus status) {
        return Mono.fromFuture(() -> session.close(status).onErrorComplete().toFuture(), true);
    }
}
