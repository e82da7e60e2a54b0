package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.message.Content;
import io.guanjia.sandbox.cmpp.CarrierSettings;
import io.guanjia.sandbox.cmpp.LineAct;
import io.guanjia.sandbox.cmpp.Submitted;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class RecoveryTest {

    private static final Map<String, String> IMPATIENT =
            Map.of(
                    "response-timeout", "400ms",
                    "active-test-after", "200ms",
                    "tries", "2",
                    "connections", "2");

    /**
     * Whatever the other end does to the lines while messages go both ways: they come back, what
     * was acknowledged is there once, and what we count as taken was taken.
     */
    @ParameterizedTest
    @EnumSource(LineAct.class)
    void comesBackAndLosesNothing(LineAct act) {
        var settings = CarrierSettings.named("main").waiting(Duration.ofMillis(500));
        try (var bank = Bank.open(settings, IMPATIENT)) {
            bank.awaitLines(2);
            var accepted = ConcurrentHashMap.<String>newKeySet();
            var unknown = new AtomicInteger();
            var notSent = new AtomicInteger();
            CompletableFuture<@Nullable Void> sending =
                    Flux.range(0, 300)
                            .flatMap(
                                    i ->
                                            bank.sending("139%08d".formatted(i), "您好" + i)
                                                    .doOnNext(one -> accepted.add(one.platformId()))
                                                    .onErrorResume(
                                                            OutcomeUnknown.class,
                                                            error -> {
                                                                unknown.incrementAndGet();
                                                                return Mono.empty();
                                                            })
                                                    .onErrorResume(
                                                            Unavailable.class,
                                                            error -> {
                                                                notSent.incrementAndGet();
                                                                return Mono.empty();
                                                            })
                                                    .delaySubscription(Duration.ofMillis(i)),
                                    300)
                            .then()
                            .toFuture();
            var said =
                    IntStream.range(0, 300)
                            .mapToObj(
                                    i ->
                                            bank.carrier
                                                    .phone("138%08d".formatted(i))
                                                    .says("第" + i + "句"))
                            .toList();
            Bank.await(() -> accepted.size() > 20);
            bank.carrier.act(act).join();
            sending.join();
            said.forEach(one -> assertThat(one.join()).isEqualTo("acknowledged"));

            bank.awaitUp();
            assertThat(bank.send("13900001111", "在")).isNotNull();
            assertThat(accepted.size() + unknown.get() + notSent.get()).isEqualTo(300);
            var taken = new HashSet<String>();
            bank.carrier.submits().all().stream().map(Submitted::msgId).forEach(taken::add);
            assertThat(taken).containsAll(accepted);
            assertThat(
                            bank.intake.messages().stream()
                                    .map(one -> ((Content.Text) one.content()).body()))
                    .hasSize(300)
                    .doesNotHaveDuplicates();
        }
    }
}
