package io.guanjia.gateway.inbound;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.inbound.ReceiveCallback.UnknownAccount;
import io.guanjia.gateway.journal.JournalUnavailable;
import io.netty.handler.codec.http.QueryStringDecoder;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.MethodNotAllowedException;

import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code /callbacks/{channel}/{account}}, where platforms call. Those that sign nothing bring a
 * secret that was entered in their console, as {@code ?key=…} or, where the console takes no query,
 * as one more part of the path.
 *
 * <p>Every refusal of one status has the same words, so that a forger learns nothing from them.
 */
final class CallbackRoutes {

    private static final String PATH = "/callbacks/{channel}/{account}";
    private static final String PATH_WITH_KEY = PATH + "/{key}";
    private static final String KEY = "key";
    private static final int BODY_LIMIT = 64 * 1024;

    private final ReceiveCallback receive;
    private final AnswerInTime answers;
    private final InboundMetrics metrics;
    private final RefusalLog refusals;
    private final Clock clock;

    CallbackRoutes(
            ReceiveCallback receive, AnswerInTime answers, InboundMetrics metrics, Clock clock) {
        this.receive = receive;
        this.answers = answers;
        this.metrics = metrics;
        this.refusals = new RefusalLog(clock);
        this.clock = clock;
    }

    RouterFunction<ServerResponse> routes() {
        return route().GET(PATH, this::handshake)
                .POST(PATH, this::callback)
                .route(path(PATH), otherThan(HttpMethod.GET, HttpMethod.POST))
                .POST(PATH_WITH_KEY, this::callback)
                .route(path(PATH_WITH_KEY), otherThan(HttpMethod.POST))
                .build();
    }

    private static HandlerFunction<ServerResponse> otherThan(HttpMethod... taken) {
        return request ->
                Mono.error(new MethodNotAllowedException(request.method(), List.of(taken)));
    }

    private Mono<ServerResponse> handshake(ServerRequest request) {
        return callback(request, new byte[0])
                .flatMap(receive::handshake)
                .flatMap(CallbackRoutes::respond)
                .onErrorResume(refusal(request));
    }

    private Mono<ServerResponse> callback(ServerRequest request) {
        return DataBufferUtils.join(request.bodyToFlux(DataBuffer.class), BODY_LIMIT)
                .map(CallbackRoutes::bytes)
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> callback(request, body))
                .flatMap(receive::receive)
                .flatMap(this::respond)
                .onErrorResume(refusal(request));
    }

    private Mono<Callback> callback(ServerRequest request, byte[] body) {
        return Mono.fromSupplier(
                () ->
                        new Callback(
                                request.pathVariable("channel"),
                                request.pathVariable("account"),
                                query(request),
                                request.headers().firstHeader(HttpHeaders.CONTENT_TYPE),
                                body,
                                clock.instant(),
                                from(request)));
    }

    private static @Nullable String from(ServerRequest request) {
        return request.remoteAddress()
                .map(InetSocketAddress::getAddress)
                .map(InetAddress::getHostAddress)
                .orElse(null);
    }

    /** Spring's own way takes it apart with a regular expression, and half as long as AES. */
    private static Map<String, String> query(ServerRequest request) {
        var raw = request.uri().getRawQuery();
        var query = new HashMap<String, String>();
        if (raw != null) {
            new QueryStringDecoder(raw, false)
                    .parameters()
                    .forEach((name, values) -> query.put(name, values.getFirst()));
        }
        var key = request.pathVariables().get(KEY);
        if (key != null) {
            query.put(KEY, key);
        }
        return query;
    }

    private static byte[] bytes(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private Mono<ServerResponse> respond(Answer answer) {
        return respond(answer.response())
                .map(
                        response ->
                                answer.said().isEmpty()
                                        ? response
                                        : new AfterWriting(
                                                response,
                                                Mono.defer(() -> answers.confirm(answer.said()))));
    }

    private static Mono<ServerResponse> respond(CallbackResponse response) {
        return ServerResponse.ok()
                .header(HttpHeaders.CONTENT_TYPE, response.contentType())
                .bodyValue(response.body());
    }

    private Function<Throwable, Mono<ServerResponse>> refusal(ServerRequest request) {
        return failure ->
                switch (failure) {
                    case UnknownAccount _ -> refuse(Whose.NOBODYS, "unknown", HttpStatus.NOT_FOUND);
                    case CallbackRejected rejected ->
                            refuse(
                                    Whose.of(request),
                                    rejected.reason(),
                                    switch (rejected.kind()) {
                                        case FORBIDDEN -> HttpStatus.FORBIDDEN;
                                        case MALFORMED -> HttpStatus.BAD_REQUEST;
                                    });
                    case DataBufferLimitException _ ->
                            refuse(Whose.NOBODYS, "too-large", HttpStatus.CONTENT_TOO_LARGE);
                    case JournalUnavailable _ ->
                            refuse(Whose.of(request), "journal", HttpStatus.SERVICE_UNAVAILABLE);
                    default -> Mono.error(failure);
                };
    }

    /**
     * The account of ours that was called. For labels and the log, so of a request only once it is
     * known that there is such an account.
     */
    private record Whose(String channel, String account) {

        static final Whose NOBODYS = new Whose("-", "-");

        static Whose of(ServerRequest request) {
            return new Whose(request.pathVariable("channel"), request.pathVariable("account"));
        }
    }

    private Mono<ServerResponse> refuse(Whose whose, String reason, HttpStatus status) {
        metrics.refused(whose.channel(), whose.account(), reason);
        refusals.refused(status.value(), whose.channel(), whose.account(), reason);
        var problem = ProblemDetail.forStatus(status);
        problem.setProperty(
                "code",
                switch (status) {
                    case NOT_FOUND -> "not-found";
                    case FORBIDDEN -> "forbidden";
                    case CONTENT_TOO_LARGE -> "too-large";
                    case SERVICE_UNAVAILABLE -> "try-again";
                    default -> "malformed";
                });
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyValue(problem);
    }
}
