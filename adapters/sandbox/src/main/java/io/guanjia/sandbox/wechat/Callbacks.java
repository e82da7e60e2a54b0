package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.fault.Shuffler;
import io.guanjia.sandbox.wechat.callback.Answer;
import io.guanjia.sandbox.wechat.callback.Callback;
import io.guanjia.sandbox.wechat.callback.CallbackSender;
import io.guanjia.sandbox.wechat.callback.CallbackSender.Sent;
import io.guanjia.sandbox.wechat.callback.Endpoint;
import io.guanjia.sandbox.wechat.message.Action;
import io.guanjia.sandbox.wechat.message.Message;
import io.guanjia.weixin.protocol.XmlWriter;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Reports what customers do to the account's server, faults included. */
final class Callbacks {

    /** One article when a customer wrote, up to eight otherwise. */
    private static final int ARTICLES_AFTER_MESSAGE = 1;

    private static final int ARTICLES_AFTER_EVENT = 8;

    private final WechatAccount account;
    private final CallbackSender sender;
    private final Clock clock;
    private final Shuffler shuffler;
    private final AtomicLong lastMsgId;

    Callbacks(WechatAccount account, CallbackSender sender, Clock clock, long seed) {
        this.account = account;
        this.sender = sender;
        this.clock = clock;
        this.shuffler = new Shuffler(seed);
        // Larger than all ids of an earlier run, so that nobody takes a new message for an old one.
        this.lastMsgId = new AtomicLong(clock.instant().toEpochMilli() << 20);
    }

    String nextMsgId() {
        return Long.toString(lastMsgId.incrementAndGet());
    }

    /** Reports an action, and completes with what came of it. */
    Mono<CallbackOutcome> report(Customer customer, Action action) {
        return Mono.defer(
                () -> {
                    var due = clock.instant();
                    var msgId = action instanceof Message ? nextMsgId() : null;
                    var callback = callback(customer, action, msgId, due);
                    var run = new Run(customer, action, msgId, due, callback);
                    account.counters().offered();
                    return run.from(account.faults().strike(Fault.CALLBACKS));
                });
    }

    private Callback callback(
            Customer customer, Action action, @Nullable String msgId, Instant due) {
        var xml =
                new XmlWriter()
                        .cdata("ToUserName", account.settings().originalId())
                        .cdata("FromUserName", customer.openId())
                        .plain("CreateTime", due.getEpochSecond())
                        .cdata("MsgType", action.msgType());
        action.write(xml, account::pictureAddress);
        if (msgId != null) {
            xml.plain("MsgId", msgId);
        }
        var articles = msgId == null ? ARTICLES_AFTER_EVENT : ARTICLES_AFTER_MESSAGE;
        return new Callback(
                customer.openId(),
                xml.toXml(),
                account.product().repliesPassively() ? articles : Callback.NOTHING);
    }

    private final class Run {

        private final Customer customer;
        private final Action action;
        private final @Nullable String msgId;
        private final Instant due;
        private final Callback callback;

        Run(
                Customer customer,
                Action action,
                @Nullable String msgId,
                Instant due,
                Callback callback) {
            this.customer = customer;
            this.action = action;
            this.msgId = msgId;
            this.due = due;
            this.callback = callback;
        }

        Mono<CallbackOutcome> from(List<Effect> effects) {
            if (effects.stream().anyMatch(Effect.Lose.class::isInstance)) {
                return Mono.just(end(new Sent(List.of(), new Answer.NotSent()), false));
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
            all.add(send(account.endpoint(), false));
            for (var effect : effects) {
                if (effect instanceof Effect.Duplicate duplicate) {
                    for (int copy = 0; copy < duplicate.copies(); copy++) {
                        all.add(send(copyTo(duplicate.to(), copy), true));
                    }
                }
            }
            return Flux.merge(all)
                    .collectList()
                    .map(
                            ended ->
                                    ended.stream()
                                            .filter(outcome -> !outcome.copy())
                                            .findAny()
                                            .orElseThrow());
        }

        private Endpoint copyTo(List<URI> addresses, int copy) {
            return addresses.isEmpty()
                    ? account.endpoint()
                    : account.settings()
                            .calledBackAt(addresses.get(copy % addresses.size()))
                            .endpoint();
        }

        private Mono<CallbackOutcome> send(Endpoint endpoint, boolean copy) {
            return sender.send(callback, endpoint, account.media()::has)
                    .map(sent -> end(sent, copy));
        }

        private CallbackOutcome end(Sent sent, boolean copy) {
            return account.ended(
                    customer,
                    action,
                    number ->
                            new CallbackOutcome(
                                    number,
                                    customer.openId(),
                                    customer.name(),
                                    action.summary(),
                                    msgId,
                                    due,
                                    copy,
                                    sent.tries(),
                                    sent.answer()));
        }
    }
}
