package io.guanjia.gateway.outbound;

import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;

/** Looks once at what is due and leases what may go now, for {@link Outgoing}. */
final class Round {

    private final DueDeliveries due;
    private final Leases leases;
    private final Circuits circuits;
    private final Channels channels;
    private final Pace pace;
    private final CallsTaken calls;
    private final Outgoing outgoing;
    private final OutboundMetrics metrics;

    Round(
            DueDeliveries due,
            Leases leases,
            Circuits circuits,
            Channels channels,
            Pace pace,
            Outgoing outgoing,
            OutboundMetrics metrics) {
        this.due = due;
        this.leases = leases;
        this.circuits = circuits;
        this.channels = channels;
        this.pace = pace;
        this.calls = new CallsTaken(channels);
        this.outgoing = outgoing;
        this.metrics = metrics;
    }

    Mono<Found> look() {
        return due.ways()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(this::take)
                .collectList()
                .flatMap(this::rest);
    }

    /** Ways of accounts that are not in the settings wait until they come back, or expire. */
    private Mono<Found> take(DueWay due) {
        var way = due.way();
        return Mono.justOrEmpty(channels.findAccount(way.channel(), way.account()))
                .flatMap(
                        account ->
                                account.canPush()
                                        ? take(due, account)
                                        // What needs no reply window, such as a template, may
                                        // still go.
                                        : holdAll(way)
                                                .flatMap(
                                                        held ->
                                                                take(due, account)
                                                                        .map(held::and)
                                                                        .defaultIfEmpty(held)));
    }

    private Mono<Found> take(DueWay due, ChannelAccount account) {
        var way = due.way();
        var wanted = Math.min(outgoing.room(way), due.waiting());
        if (wanted <= 0 || circuits.stoppedHere(way) || isCutOff(way)) {
            return Mono.empty();
        }
        if (due.shut()) {
            return due.probe() ? probe(way, account) : Mono.empty();
        }
        var perSecond = account.pace().get(way.api());
        return perSecond == null
                ? lease(way, account, wanted, false)
                : take(way, account, perSecond, wanted);
    }

    private boolean isCutOff(Way way) {
        return channels.require(way.channel()).isCutOff(way.account());
    }

    /**
     * What messages take of the pace is known only when they are leased, so it is guessed first.
     */
    private Mono<Found> take(Way way, ChannelAccount account, double perSecond, int wanted) {
        var each = calls.lately(way);
        return pace.take(way, perSecond, wanted * each)
                .flatMap(
                        grant ->
                                grant.calls() == 0
                                        ? Mono.just(Found.nothingFor(grant.pause()))
                                        : lease(
                                                way,
                                                account,
                                                perSecond,
                                                grant.calls(),
                                                Math.max(1, grant.calls() / each)));
    }

    private Mono<Found> lease(
            Way way, ChannelAccount account, double perSecond, int granted, int wanted) {
        return leases.lease(way, account, wanted, false)
                .flatMap(
                        leased -> {
                            var share = calls.share(way, leased, granted);
                            var more = leased.size() == wanted || !share.tooMany().isEmpty();
                            return begin(way, account, share.going(), more)
                                    .flatMap(
                                            found ->
                                                    settle(way, perSecond, share)
                                                            .thenReturn(found));
                        });
    }

    private Mono<Void> settle(Way way, double perSecond, CallsTaken.Share share) {
        var settled =
                share.more() == 0 ? Mono.<Void>empty() : pace.settle(way, perSecond, share.more());
        return Flux.fromIterable(share.tooMany())
                // Whatever cannot be given back now comes back when its lease ends.
                .concatMap(one -> leases.giveBack(one).onErrorComplete())
                .then(settled);
    }

    private Mono<Found> probe(Way way, ChannelAccount account) {
        return circuits.claimProbe(way)
                .flatMap(mine -> mine ? lease(way, account, 1, true) : Mono.empty());
    }

    private Mono<Found> lease(Way way, ChannelAccount account, int wanted, boolean probe) {
        return leases.lease(way, account, wanted, probe)
                .flatMap(leased -> begin(way, account, leased, leased.size() == wanted));
    }

    /**
     * @param more whether there may be more than these that could go
     */
    private Mono<Found> begin(Way way, ChannelAccount account, List<Leased> leased, boolean more) {
        outgoing.add(way, leased, more);
        return !account.windows().isEmpty() && !more
                ? hold(way, leased)
                : Mono.just(Found.of(leased.size()));
    }

    /** What was due and could not be leased has no allowance left. */
    private Mono<Found> hold(Way way, List<Leased> leased) {
        return leases.hold(way, false)
                .map(held -> Found.of(leased.size() + metrics.held(way, held)))
                .onErrorReturn(Found.of(leased.size()));
    }

    private Mono<Found> holdAll(Way way) {
        return leases.hold(way, true).map(held -> Found.of(metrics.held(way, held)));
    }

    private Mono<Found> rest(List<Found> all) {
        var found = all.stream().reduce(Found.of(0), Found::and);
        return found.something()
                ? Mono.just(found)
                : due.untilNext().map(found::orAfter).defaultIfEmpty(found).onErrorReturn(found);
    }

    /**
     * What a round came to.
     *
     * @param something whether it is worth looking again soon
     * @param patience look again after this at the latest, however little there was
     */
    record Found(boolean something, Duration patience) {

        private static final Duration FOREVER = Duration.ofDays(1);

        static Found of(int deliveries) {
            return new Found(deliveries > 0, FOREVER);
        }

        static Found nothingFor(Duration patience) {
            return new Found(false, patience);
        }

        Found and(Found other) {
            return new Found(something || other.something, shorter(other.patience));
        }

        Found orAfter(Duration time) {
            return new Found(something, shorter(time));
        }

        private Duration shorter(Duration other) {
            return patience.compareTo(other) <= 0 ? patience : other;
        }
    }
}
