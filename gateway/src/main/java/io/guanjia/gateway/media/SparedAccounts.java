package io.guanjia.gateway.media;

import io.guanjia.gateway.Errands;
import io.guanjia.gateway.media.AwaitedFiles.Due;
import io.guanjia.gateway.media.AwaitedFiles.Source;

import reactor.core.publisher.Flux;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Asks nothing of an account's platform for as long as that wants to be left alone, however many
 * files wait; then one goes first, to see. Calls that are under way by then cannot be taken back.
 * Holds for this node: each finds out by a call of its own.
 */
final class SparedAccounts implements Errands.Queue<Source, Due> {

    private final Errands.Queue<Source, Due> files;
    private final Clock clock;
    private final Duration longest;
    private final ConcurrentMap<Source, Rest> resting = new ConcurrentHashMap<>();

    /**
     * @param longest how long one file may take
     */
    SparedAccounts(Errands.Queue<Source, Due> files, Clock clock, Duration longest) {
        this.files = files;
        this.clock = clock;
        this.longest = longest;
    }

    /**
     * @param trying whether one file is on its way to see, which ends by then
     */
    private record Rest(Instant end, boolean trying) {

        boolean isOver(Instant now) {
            return !now.isBefore(end);
        }

        Rest orLater(Rest other) {
            return !trying && end.isAfter(other.end) ? this : other;
        }
    }

    /** The platform has had enough. */
    void spare(Source account, Instant end) {
        resting.merge(account, new Rest(end, false), Rest::orLater);
    }

    /** The platform has looked at a file. */
    void answered(Source account) {
        resting.computeIfPresent(account, (_, rest) -> rest.trying() ? null : rest);
    }

    @Override
    public Flux<Source> accounts() {
        return files.accounts()
                .filter(
                        account -> {
                            var rest = resting.get(account);
                            return rest == null || rest.isOver(clock.instant());
                        });
    }

    @Override
    public Flux<Due> lease(Source account, int most) {
        return Flux.defer(
                () -> {
                    var now = clock.instant();
                    var trying = new Rest(now.plus(longest), true);
                    var rest =
                            resting.computeIfPresent(
                                    account, (_, known) -> known.isOver(now) ? trying : known);
                    if (rest == null) {
                        return files.lease(account, most);
                    }
                    return rest.equals(trying) ? one(account) : Flux.empty();
                });
    }

    private Flux<Due> one(Source account) {
        return files.lease(account, 1)
                .switchIfEmpty(
                        Flux.defer(
                                () -> {
                                    answered(account);
                                    return Flux.empty();
                                }));
    }
}
