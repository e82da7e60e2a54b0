package io.guanjia.trials.faults;

import io.guanjia.sandbox.wechat.Customer;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.message.Message;
import io.guanjia.trials.process.Await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Many customers who write at the same moment, each once. */
final class Burst {

    /** The way out for answers. */
    static final String SEND = "message/custom/send";

    private final WechatAccount account;

    Burst(WechatAccount account) {
        this.account = account;
    }

    /** Begins; completes when the platform is done with all of their messages. */
    CompletableFuture<List<Offer>> begin(String name, int customers) {
        var writing =
                IntStream.range(0, customers)
                        .mapToObj(
                                i ->
                                        account.customer(name + "-" + i)
                                                .starts(new Message.Text(Questions.question(i)))
                                                .thenApply(
                                                        outcome ->
                                                                Crowd.offered(
                                                                        outcome,
                                                                        Questions.answer(i))))
                        .toList();
        return CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new))
                .thenApply(_ -> writing.stream().map(CompletableFuture::join).toList());
    }

    /** As {@link #begin}, and waits. */
    List<Offer> write(String name, int customers) {
        return begin(name, customers).join();
    }

    /** Waits until all of them have an answer; returns whether they do. */
    boolean awaitAnswers(List<Offer> offers) {
        return Await.within(Duration.ofSeconds(60), () -> answered(offers) == offers.size());
    }

    /** How many of them have an answer. */
    long answered(List<Offer> offers) {
        return offers.stream()
                .map(offer -> account.withOpenId(offer.openid()))
                .filter(customer -> customer != null && !customer.sees().isEmpty())
                .count();
    }

    /** Calls to {@link #SEND} so far. */
    long sends() {
        return calls(SEND);
    }

    /** The same, to one customer: of the others' some may be counted after they arrived. */
    long sendsTo(Customer customer) {
        return account.calls().all().stream()
                .filter(call -> call.api().equals(SEND))
                .filter(call -> call.request().contains(customer.openId()))
                .count();
    }

    /** Calls so far that were refused with one of these codes. */
    long refused(int... codes) {
        var errors = account.counters().snapshot().errors();
        return IntStream.of(codes).mapToLong(code -> errors.getOrDefault(code, 0L)).sum();
    }

    /** Calls to an API so far. */
    long calls(String api) {
        return account.counters().snapshot().calls().getOrDefault(api, 0L);
    }
}
