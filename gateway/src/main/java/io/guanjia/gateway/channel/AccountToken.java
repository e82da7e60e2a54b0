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

/**
 * The access token of one account, which all nodes share, and how this node finds it. Safe for use
 * by several threads.
 */
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
    private volatile @Nullable NotHad notHad;
    private volatile @Nullable Good good;

    /** What the platform handed out and did not take, until it takes one. */
    private volatile @Nullable String refused;

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

    /** Why there was no token to be had, and when. */
    private record NotHad(String problem, Instant noticed) {}

    /** A token that this node has fetched. */
    private record Good(String token, Instant until) {

        /** Leaves out the token. */
        @Override
        public String toString() {
            return "Good[until=" + until + "]";
        }
    }

    /** The platform does not take the token of a request any more. */
    public static final class Stale extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int code;

        /**
         * @param code the platform's
         */
        public Stale(int code) {
            super("stale token: " + code, null, false, false);
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    /** A token that is good as far as we know. Fails with {@link DeliveryException}. */
    public Mono<String> current() {
        return shared.current(key, this::asked).onErrorMap(AccountToken::typed);
    }

    /**
     * Makes a request with a token, and where that fails with {@link Stale} once more with a new
     * one. Fails as {@code request} does, and with {@link DeliveryException} where there is no
     * token.
     */
    public <T> Mono<T> use(Function<String, Mono<T>> request) {
        return current()
                .flatMap(
                        token ->
                                with(token, request)
                                        .onErrorResume(
                                                Stale.class,
                                                stale ->
                                                        replace(token)
                                                                .flatMap(
                                                                        next ->
                                                                                with(
                                                                                        next,
                                                                                        request))));
    }

    /**
     * Whether there is a token, {@code refused} when the platform gives none for these settings or
     * does not take the one it gave, and {@code down} when it does not answer. Asks it where nobody
     * has, but not for every look.
     */
    public Mono<HealthSign> health() {
        return Mono.defer(
                () -> {
                    var last = notHad;
                    if (last != null && last.noticed.plus(BETWEEN_LOOKS).isAfter(clock.instant())) {
                        return Mono.just(HealthSign.ill(PART, last.problem));
                    }
                    return current()
                            .map(this::sign)
                            .onErrorResume(
                                    DeliveryException.class,
                                    error -> Mono.just(HealthSign.ill(PART, problem(error))));
                });
    }

    private HealthSign sign(String token) {
        if (token.equals(refused)) {
            return HealthSign.ill(PART, REFUSED);
        }
        var known = good;
        // When one that another node has fetched ends, only that node knows.
        var until = known != null && known.token.equals(token) ? known.until : null;
        return HealthSign.well(PART, until);
    }

    private <T> Mono<T> with(String token, Function<String, Mono<T>> request) {
        return request.apply(token)
                .onErrorMap(Stale.class, stale -> refused(token, stale))
                .map(this::taken);
    }

    private Stale refused(String token, Stale stale) {
        refused = token;
        return stale;
    }

    private <T> T taken(T answer) {
        refused = null;
        return answer;
    }

    /**
     * A token to use instead of {@code rejected}, never that one itself: rejected twice, it would
     * look as if the secret were wrong.
     */
    private Mono<String> replace(String rejected) {
        return shared.replace(key, rejected, this::asked)
                .onErrorMap(AccountToken::typed)
                .flatMap(
                        token ->
                                token.equals(rejected)
                                        ? Mono.error(
                                                new Unavailable("access token: not replaced yet"))
                                        : Mono.just(token));
    }

    private Mono<Fetched> asked(@Nullable String rejected) {
        return fetch.apply(rejected)
                // Asking for a token sends no message, so nothing is in doubt.
                .onErrorMap(OutcomeUnknown.class, unknown -> new Unavailable(unknown.reason()))
                .map(this::had)
                .onErrorMap(DeliveryException.class, this::notHad);
    }

    private Fetched had(Fetched fetched) {
        notHad = null;
        good = new Good(fetched.token(), clock.instant().plus(fetched.life()));
        return fetched;
    }

    private DeliveryException notHad(DeliveryException error) {
        notHad = new NotHad(problem(error), clock.instant());
        return error;
    }

    /** Where we may not ask again so soon for one instead of a token that was not taken, too. */
    private String problem(DeliveryException error) {
        return error instanceof DeliveryException.Blocked || refused != null ? REFUSED : DOWN;
    }

    /** Without a token nothing has been sent, so whatever kept us from it, we may try again. */
    private static DeliveryException typed(Throwable error) {
        return error instanceof DeliveryException known
                ? known
                : new Unavailable("access token: " + error.getClass().getSimpleName());
    }
}
