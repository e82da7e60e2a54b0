package io.guanjia.gateway.channel;

import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.SharedTokens.Fetched;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;

/** The access token of one account, shared by all nodes, and how it stands with it. */
public final class AccountToken {

    private static final String PART = "token";
    private static final String REFUSED = "refused";
    private static final String DOWN = "down";

    /** How long what was wrong is remembered without asking again: the console looks often. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    private final SharedTokens shared;
    private final String key;
    private final Function<@Nullable String, Mono<Fetched>> fetch;
    private final Clock clock;
    private volatile @Nullable Trouble trouble;
    private volatile @Nullable Instant until;

    /**
     * @param key whose token it is; with what the platform knows the account by, so that a changed
     *     setting does not find another application's token
     * @param fetch asks the platform for a token instead of the given one, or for any if null.
     *     Fails with {@link DeliveryException}
     */
    public AccountToken(
            SharedTokens shared,
            String key,
            Function<@Nullable String, Mono<Fetched>> fetch,
            Clock clock) {
        this.shared = shared;
        this.key = key;
        this.fetch = fetch;
        this.clock = clock;
    }

    /**
     * Something that keeps us from having a token that works.
     *
     * @param inUse whether the platform handed one out and then took it nowhere
     */
    private record Trouble(String problem, boolean inUse, Instant noticed) {}

    /** A token that is good as far as we know. Fails with {@link DeliveryException}. */
    public Mono<String> current() {
        return shared.current(key, this::asked).onErrorMap(AccountToken::typed);
    }

    /**
     * A token to use instead of {@code rejected}, never that one itself: rejected twice, it would
     * look as if the secret were wrong. Fails with {@link DeliveryException}.
     */
    public Mono<String> replace(String rejected) {
        return shared.replace(key, rejected, this::asked)
                .onErrorMap(AccountToken::typed)
                .flatMap(
                        token ->
                                token.equals(rejected)
                                        ? Mono.error(
                                                new Unavailable("access token: not replaced yet"))
                                        : Mono.just(token));
    }

    /**
     * Makes a request with a token, and once more with a new one where its answer says that the
     * token is stale. Emits the last answer, which may say so again. Fails as {@code request} does,
     * and with {@link DeliveryException} where there is no token.
     */
    public <T> Mono<T> use(Function<String, Mono<T>> request, Predicate<T> stale) {
        return current()
                .flatMap(
                        token ->
                                request.apply(token)
                                        .flatMap(
                                                answer ->
                                                        stale.test(answer)
                                                                ? replace(token).flatMap(request)
                                                                : Mono.just(answer)))
                .map(answer -> noted(answer, stale.test(answer)));
    }

    /**
     * Whether there is a token, {@code refused} when the platform gives none for these settings or
     * takes none that it gave, and {@code down} when it does not answer. Asks it where nobody has,
     * but not for every look.
     */
    public Mono<HealthSign> health() {
        return Mono.defer(
                () -> {
                    var known = trouble;
                    if (known != null && (known.inUse || isFresh(known))) {
                        return Mono.just(HealthSign.ill(PART, known.problem));
                    }
                    return current()
                            .map(token -> HealthSign.well(PART, until))
                            .onErrorResume(
                                    DeliveryException.class,
                                    error -> Mono.just(HealthSign.ill(PART, problem(error))));
                });
    }

    private boolean isFresh(Trouble known) {
        return known.noticed.plus(BETWEEN_LOOKS).isAfter(clock.instant());
    }

    private <T> T noted(T answer, boolean stale) {
        var known = trouble;
        if (stale) {
            trouble = new Trouble(REFUSED, true, clock.instant());
        } else if (known != null && known.inUse) {
            trouble = null;
        }
        return answer;
    }

    private Mono<Fetched> asked(@Nullable String rejected) {
        return fetch.apply(rejected)
                // Asking for a token sends no message, so nothing is in doubt.
                .onErrorMap(OutcomeUnknown.class, unknown -> new Unavailable(unknown.reason()))
                .map(this::well)
                .onErrorMap(DeliveryException.class, this::ill);
    }

    private Fetched well(Fetched fetched) {
        var known = trouble;
        if (known != null && !known.inUse) {
            trouble = null;
        }
        until = clock.instant().plus(fetched.life());
        return fetched;
    }

    private DeliveryException ill(DeliveryException error) {
        trouble = new Trouble(problem(error), false, clock.instant());
        return error;
    }

    private static String problem(DeliveryException error) {
        return error instanceof DeliveryException.Blocked ? REFUSED : DOWN;
    }

    /** Without a token nothing has been sent, so whatever kept us from it, we may try again. */
    private static DeliveryException typed(Throwable error) {
        return error instanceof DeliveryException known
                ? known
                : new Unavailable("access token: " + error.getClass().getSimpleName());
    }
}
