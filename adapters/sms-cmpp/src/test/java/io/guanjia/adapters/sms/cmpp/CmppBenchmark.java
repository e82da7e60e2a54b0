package io.guanjia.adapters.sms.cmpp;

import io.guanjia.gateway.channel.Intake;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Messages a second over TCP on this machine, both ends in one JVM. Not run by default: {@code mvn
 * -pl adapters/sms-cmpp -am test -Dtest=CmppBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class CmppBenchmark {

    private static final int WARM_UP = 20_000;
    private static final int MESSAGES = 60_000;
    private static final int LONG_MESSAGES = 3_000;
    private static final int PHONES = 2_000;

    @Test
    void submits() {
        for (var connections : new String[] {"1", "4"}) {
            try (var bank = Bank.open(Map.of("connections", connections))) {
                bank.awaitUp();
                submit(bank, WARM_UP);
                var began = System.nanoTime();
                submit(bank, MESSAGES);
                print("submits, " + connections + " connections of window 16", MESSAGES, began);
            }
        }
    }

    private static void submit(Bank bank, int count) {
        Flux.range(0, count)
                .flatMap(i -> bank.sending("139%08d".formatted(i % PHONES), "您的验证码是" + i), 256)
                .then()
                .block(Duration.ofMinutes(2));
    }

    @Test
    void delivers() {
        for (int millis : new int[] {0, 5}) {
            for (var connections : new String[] {"1", "4"}) {
                var kept = new AtomicLong();
                Intake journal =
                        inbound ->
                                millis == 0
                                        ? Mono.fromRunnable(() -> kept.addAndGet(inbound.size()))
                                        : Mono.delay(Duration.ofMillis(millis))
                                                .doOnNext(done -> kept.addAndGet(inbound.size()))
                                                .then();
                try (var bank = Bank.open(journal, Map.of("connections", connections))) {
                    bank.awaitUp();
                    deliver(bank, WARM_UP / 4);
                    var began = System.nanoTime();
                    deliver(bank, MESSAGES / 2);
                    print(
                            "DELIVERs durable after %d ms, %s connections of window 16"
                                    .formatted(millis, connections),
                            MESSAGES / 2,
                            began);
                }
            }
        }
    }

    /** Of three parts each, which go through the database. */
    @Test
    void deliversInParts() {
        Intake journal = inbound -> Mono.empty();
        try (var bank = Bank.open(journal, Map.of("connections", "4"))) {
            bank.awaitUp();
            deliver(bank, 500, "上个月的账单为什么多了一笔年费？".repeat(10));
            var began = System.nanoTime();
            deliver(bank, LONG_MESSAGES, "上个月的账单为什么多了一笔年费？".repeat(10));
            print("messages of three parts, 4 connections of window 16", LONG_MESSAGES, began);
        }
    }

    private static void deliver(Bank bank, int count) {
        deliver(bank, count, "句");
    }

    private static void deliver(Bank bank, int count, String words) {
        var all =
                IntStream.range(0, count)
                        .mapToObj(
                                i ->
                                        bank.carrier
                                                .phone("138%08d".formatted(i % PHONES))
                                                .says("第" + i + words))
                        .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
    }

    private static void print(String what, int count, long began) {
        var seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("benchmark: %.0f/s %s%n", count / seconds, what);
    }
}
