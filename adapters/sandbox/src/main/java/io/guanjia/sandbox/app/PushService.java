package io.guanjia.sandbox.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.http.Cut;
import io.guanjia.sandbox.http.Json;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The company's push service, {@code POST /app/push/{account}}: checks who calls, and shows what
 * comes on the phone it is for, once however often it comes.
 */
final class PushService {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final String SIGNED = "sha256=";

    private final AppPlatform platform;
    private final Clock clock;

    PushService(AppPlatform platform, Clock clock) {
        this.platform = platform;
        this.clock = clock;
    }

    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .POST("/app/push/{account}", this::push)
                .GET("/app/files/{account}/{file}", this::file)
                .build();
    }

    private @Nullable CompanyApp app(ServerRequest request) {
        var name = request.pathVariable("account");
        return platform.accounts().stream()
                .filter(app -> app.name().equals(name))
                .findAny()
                .orElse(null);
    }

    private Mono<ServerResponse> file(ServerRequest request) {
        var app = app(request);
        var file = app == null ? null : app.files().find(request.pathVariable("file"));
        return file == null
                ? ServerResponse.notFound().build()
                : ServerResponse.ok()
                        .contentType(MediaType.parseMediaType(file.mimeType()))
                        .bodyValue(file.bytes());
    }

    private Mono<ServerResponse> push(ServerRequest request) {
        var app = app(request);
        return app == null
                ? ServerResponse.notFound().build()
                : request.bodyToMono(byte[].class)
                        .defaultIfEmpty(new byte[0])
                        .flatMap(body -> new Call(app, request, body).answer());
    }

    /** One call of somebody who says to be the gateway. */
    private final class Call {

        private final CompanyApp app;
        private final ServerRequest request;
        private final byte[] body;
        private final String id;
        private final List<Effect> effects;

        Call(CompanyApp app, ServerRequest request, byte[] body) {
            this.app = app;
            this.request = request;
            this.body = body;
            this.id = header("Idempotency-Key");
            this.effects = app.faults().strike("push");
        }

        Mono<ServerResponse> answer() {
            var delay =
                    effects.stream()
                            .filter(Effect.Delay.class::isInstance)
                            .map(effect -> ((Effect.Delay) effect).time())
                            .reduce(Duration.ZERO, Duration::plus);
            return delay.isZero() ? now() : Mono.delay(delay).then(Mono.defer(this::now));
        }

        private Mono<ServerResponse> now() {
            for (var effect : effects) {
                switch (effect) {
                    case Effect.Status fault -> {
                        return noted(fault.status(), "status");
                    }
                    case Effect.SilentDrop _ -> {
                        return noted(HttpStatus.NO_CONTENT.value(), "silentDrop");
                    }
                    case Effect.Hang fault -> {
                        return silence(fault.accepted(), "hang", Mono.never());
                    }
                    case Effect.Close fault -> {
                        return silence(fault.accepted(), "close", Cut.connection(request));
                    }
                    default -> {}
                }
            }
            var outcome = take();
            return noted(status(outcome).value(), outcome);
        }

        private Mono<ServerResponse> silence(
                boolean accepted, String word, Mono<ServerResponse> instead) {
            if (accepted) {
                take();
            }
            note(0, word);
            return instead;
        }

        private Mono<ServerResponse> noted(int status, String outcome) {
            note(status, outcome);
            return ServerResponse.status(status).build();
        }

        private void note(int status, String outcome) {
            var at = app.now();
            app.pushed(number -> new CompanyApp.Push(number, at, id, status, outcome));
        }

        private String take() {
            if (!isSigned()) {
                return "unsigned";
            }
            var push = Json.readObject(new String(body, UTF_8));
            if (push == null || id.isEmpty()) {
                return "malformed";
            }
            var phone = app.knownAs(Json.text(push, "customer"));
            if (phone == null) {
                return "no-phone";
            }
            if (!app.isNew(id)) {
                return "repeated";
            }
            var preview = Json.text(push, "preview");
            phone.isPushed(preview.isEmpty() ? "[" + Json.text(push, "kind") + "]" : preview);
            return "shown";
        }

        private static HttpStatus status(String outcome) {
            return switch (outcome) {
                case "unsigned" -> HttpStatus.UNAUTHORIZED;
                case "malformed" -> HttpStatus.BAD_REQUEST;
                case "no-phone" -> HttpStatus.NOT_FOUND;
                default -> HttpStatus.NO_CONTENT;
            };
        }

        private boolean isSigned() {
            var timestamp = header("X-Guanjia-Timestamp");
            var secret = app.credentials().pushSecret();
            if (secret.isEmpty() || !timestamp.matches("\\d{1,12}")) {
                return false;
            }
            var at = Instant.ofEpochSecond(Long.parseLong(timestamp));
            var expected =
                    SIGNED
                            + HexFormat.of()
                                    .formatHex(
                                            Hmac.of(
                                                    secret,
                                                    (timestamp + '.').getBytes(UTF_8),
                                                    body));
            return Duration.between(at, clock.instant()).abs().compareTo(FRESH) <= 0
                    && MessageDigest.isEqual(
                            expected.getBytes(UTF_8),
                            header("X-Guanjia-Signature").getBytes(UTF_8));
        }

        private String header(String name) {
            return Objects.requireNonNullElse(request.headers().firstHeader(name), "");
        }
    }
}
