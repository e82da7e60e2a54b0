package io.guanjia.gateway.accounts;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at how the accounts are that this node works with, and lets the other nodes know every ten
 * seconds: whichever of them is asked, it answers for all.
 */
final class Lookout extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(Lookout.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    /** A channel that does not know within this time says nothing. */
    private static final Duration SAID_WITHIN = Duration.ofSeconds(1);

    private final Channels channels;
    private final AccountsInForce inForce;
    private final SharedSightings shared;

    Lookout(Channels channels, AccountsInForce inForce, SharedSightings shared) {
        this.channels = channels;
        this.inForce = inForce;
        this.shared = shared;
    }

    /** What all nodes see of their accounts: this one now, the others when they last looked. */
    Mono<Map<AccountId, Sightings>> all() {
        return Mono.zip(
                mine(),
                shared.others(),
                (mine, others) -> {
                    var all = new HashMap<AccountId, Sightings>();
                    mine.forEach((id, seen) -> all.put(id, Sightings.NONE.and(seen)));
                    for (var told : others) {
                        all.put(
                                told.account(),
                                all.getOrDefault(told.account(), Sightings.NONE).and(told.seen()));
                    }
                    return all;
                });
    }

    /** Looks once and lets the others know. */
    Mono<Void> round() {
        return mine().flatMap(shared::tell);
    }

    private Mono<Map<AccountId, Sighting>> mine() {
        return Flux.fromIterable(channels.all())
                .flatMap(this::look)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(this::withTroubles);
    }

    private Flux<Map.Entry<AccountId, Sighting>> look(Channel channel) {
        return Flux.fromIterable(channel.accounts())
                .map(ChannelAccount::name)
                .flatMap(
                        name ->
                                Mono.zip(
                                        said(Flux.defer(() -> channel.health(name))),
                                        said(Flux.defer(() -> channel.callsLeft(name))),
                                        (signs, calls) ->
                                                Map.entry(
                                                        new AccountId(channel.name(), name),
                                                        new Sighting(null, signs, calls))));
    }

    /** What a channel itself says of an account; nothing if it takes too long. */
    private static <T> Mono<List<T>> said(Flux<T> answer) {
        return answer.collectList().timeout(SAID_WITHIN).onErrorReturn(List.of());
    }

    private Map<AccountId, Sighting> withTroubles(Map<AccountId, Sighting> working) {
        var all = new HashMap<>(working);
        inForce.troubles()
                .forEach(
                        (id, trouble) -> {
                            var works = working.get(id);
                            all.put(
                                    id,
                                    works == null
                                            ? new Sighting(trouble, List.of(), List.of())
                                            : new Sighting(trouble, works.signs(), works.calls()));
                        });
        return all;
    }

    @Override
    protected Flux<?> work() {
        return rounds(
                EVERY,
                this::round,
                failure ->
                        log.warn(
                                "Could not let the other nodes know how the accounts are: {}",
                                getMostSpecificCause(failure).toString()));
    }
}
