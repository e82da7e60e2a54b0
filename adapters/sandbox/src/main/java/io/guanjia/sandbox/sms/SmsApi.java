package io.guanjia.sandbox.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.http.Cut;
import io.guanjia.sandbox.sms.Dialect.Reply;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Takes the calls: finds out whose they are, lets faults strike, checks, and tells or sends. */
final class SmsApi {

    private final SmsPlatform platform;
    private final Dialect dialect;
    private final Clock clock;

    SmsApi(SmsPlatform platform, Dialect dialect, Clock clock) {
        this.platform = platform;
        this.dialect = dialect;
        this.clock = clock;
    }

    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .POST("/" + dialect.channel(), this::call)
                .POST("/" + dialect.channel() + "/{*rest}", this::call)
                .build();
    }

    private Mono<ServerResponse> call(ServerRequest request) {
        return request.bodyToMono(byte[].class)
                .map(bytes -> new String(bytes, UTF_8))
                .defaultIfEmpty("")
                .flatMap(body -> call(request, Call.of(request, body)));
    }

    private Mono<ServerResponse> call(ServerRequest request, Call call) {
        var account = platform.caller(call);
        return account == null
                ? respond(dialect.answer(dialect.refusal(Dialect.Flaw.CALLER)))
                : new Handling(request, call, account).answer();
    }

    private static Mono<ServerResponse> respond(Reply reply) {
        return ServerResponse.status(reply.status())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(reply.json());
    }

    /** A call whose account is known. */
    private final class Handling {

        private final ServerRequest request;
        private final Call call;
        private final SmsAccount account;
        private final List<Effect> effects;

        Handling(ServerRequest request, Call call, SmsAccount account) {
            this.request = request;
            this.call = call;
            this.account = account;
            this.effects = account.faults().strike(dialect.api(call));
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
                var instead = instead(effect);
                if (instead != null) {
                    return instead;
                }
            }
            try {
                var reply = process();
                return afterwards(reply, "");
            } catch (Refusal refusal) {
                return afterwards(dialect.answer(refusal), refusal.code());
            }
        }

        /** What happens instead of an effect of the call; null when it is processed. */
        private @Nullable Mono<ServerResponse> instead(Effect effect) {
            return switch (effect) {
                case Effect.Status fault -> {
                    record(fault.status(), "");
                    yield ServerResponse.status(fault.status()).build();
                }
                case Effect.ErrorName fault -> refuse(fault.name());
                case Effect.ErrorCode fault -> refuse(Integer.toString(fault.code()));
                case Effect.Hang fault -> fault.accepted() ? null : silence();
                case Effect.Close fault -> fault.accepted() ? null : cut();
                default -> null;
            };
        }

        private Mono<ServerResponse> refuse(String code) {
            record(200, code);
            return respond(dialect.answer(new Refusal(code, "fault")));
        }

        private Reply process() {
            var distrust = dialect.distrust(call, account, clock.instant());
            if (distrust != null) {
                throw distrust;
            }
            var told = dialect.asked(call, account);
            if (told != null) {
                return told;
            }
            var shown = effects.stream().noneMatch(Effect.SilentDrop.class::isInstance);
            var submission = dialect.read(call, account);
            return dialect.answer(submission, account.sending().submit(submission, shown));
        }

        private Mono<ServerResponse> afterwards(Reply reply, String code) {
            for (var effect : effects) {
                if (effect instanceof Effect.Hang) {
                    return silence();
                }
                if (effect instanceof Effect.Close) {
                    return cut();
                }
            }
            record(reply.status(), code);
            return respond(reply);
        }

        private Mono<ServerResponse> silence() {
            record(0, "");
            return Mono.never();
        }

        private Mono<ServerResponse> cut() {
            record(0, "");
            return Cut.connection(request);
        }

        private void record(int status, String code) {
            account.called(
                    dialect.api(call),
                    status,
                    code,
                    effects.stream()
                            .map(effect -> effect.getClass().getSimpleName())
                            .collect(Collectors.joining(", ")));
        }
    }
}
