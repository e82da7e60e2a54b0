package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.fault.Shuffler;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reports what users do to the account's server, faults included. */
final class Callbacks {

    private final WeiboAccount account;
    private final CallbackSender sender;
    private final Shuffler shuffler;

    Callbacks(WeiboAccount account, CallbackSender sender, long seed) {
        this.account = account;
        this.sender = sender;
        this.shuffler = new Shuffler(seed);
    }

    /** Reports a deed, and completes with what came of it. */
    Mono<CallbackOutcome> report(WeiboUser user, Deed deed) {
        var at = account.now();
        var body = deed.report(Long.parseLong(user.id()), account.uid(), at);
        return new Run(user, deed, body, at).from(account.faults().strike(Fault.CALLBACKS));
    }

    Mono<Boolean> verify() {
        return sender.verify(
                account.callback(), account.credentials().appSecret(), account.patience());
    }

    private final class Run {

        private final WeiboUser user;
        private final Deed deed;
        private final String body;
        private final Instant at;

        Run(WeiboUser user, Deed deed, String body, Instant at) {
            this.user = user;
            this.deed = deed;
            this.body = body;
            this.at = at;
        }

        Mono<CallbackOutcome> from(List<Effect> effects) {
            if (effects.stream().anyMatch(Effect.Lose.class::isInstance)) {
                return Mono.fromSupplier(() -> end(List.of(), false));
            }
            return Flux.fromIterable(effects)
                    .concatMap(this::holdBack)
                    .then(Mono.defer(() -> sendAll(effects)));
        }

        private Mono<Void> holdBack(Effect effect) {
            return switch (effect) {
                case Effect.Delay delay -> Mono.delay(delay.time()).then();
                case Effect.Reorder reorder -> shuffler.turn(reorder);
                default -> Mono.empty();
            };
        }

        private Mono<CallbackOutcome> sendAll(List<Effect> effects) {
            var all = new ArrayList<Mono<CallbackOutcome>>();
            all.add(send(account.callback(), false));
            for (var effect : effects) {
                if (effect instanceof Effect.Duplicate duplicate) {
                    for (int copy = 0; copy < duplicate.copies(); copy++) {
                        all.add(send(copyTo(duplicate.to(), copy), true));
                    }
                }
            }
            return Flux.merge(all)
                    .filter(outcome -> !outcome.copy())
                    .collectList()
                    .map(List::getFirst);
        }

        private URI copyTo(List<URI> addresses, int copy) {
            return addresses.isEmpty()
                    ? account.callback()
                    : addresses.get(copy % addresses.size());
        }

        private Mono<CallbackOutcome> send(URI callback, boolean copy) {
            return sender.send(
                            callback, account.credentials().appSecret(), body, account.patience())
                    .map(tries -> end(tries, copy));
        }

        private CallbackOutcome end(List<CallbackTry> tries, boolean copy) {
            var reply =
                    !tries.isEmpty() && tries.getLast().answered()
                            ? PassiveReply.read(
                                    tries.getLast().body(),
                                    Long.parseLong(user.id()),
                                    account.uid())
                            : new PassiveReply.Silence();
            var problem = reply instanceof PassiveReply.Unusable no ? no.reason() : null;
            return account.ended(
                    user,
                    number ->
                            new CallbackOutcome(
                                    number,
                                    user.id(),
                                    user.name(),
                                    deed.summary(),
                                    at,
                                    copy,
                                    tries,
                                    problem),
                    reply);
        }
    }
}
