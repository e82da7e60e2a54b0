package io.guanjia.trials.bench;

import io.guanjia.trials.caller.Caller;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.GatewayNode;
import io.guanjia.trials.process.Program;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** C3: how soon a message to one of many connected customers is on their device. */
final class AppPush {

    static final int RATE = 50;
    static final String TOKEN = "trials-only-token-0123456789abcdef";

    private static final Duration LAST = Duration.ofSeconds(20);

    private final URI messages;
    private final int customers;
    private final HttpClient http = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom(1);
    private final AtomicLong refused = new AtomicLong();

    AppPush(GatewayNode node, int customers) {
        this.messages = node.address().resolve("/api/v1/messages");
        this.customers = customers;
    }

    /**
     * What came out, from when a message was due until it arrived; in microseconds, each round's.
     *
     * @param missing what did not arrive; in a time that too few kept to it is infinite
     */
    record Measured(long arrived, long missing, Samples p50, Samples p99, Samples maximum) {}

    /** Sends at even intervals to customers at random, after a warm-up in several rounds. */
    Measured run(Program clients, Duration warmUp, Duration time, int rounds) {
        send(warmUp, System.nanoTime());
        long arrived = 0;
        long missing = 0;
        var p50 = new Samples();
        var p99 = new Samples();
        var maximum = new Samples();
        for (int round = 0; round < rounds; round++) {
            var one = round(clients, time);
            arrived += one.arrived();
            missing += one.missing();
            p50.add(one.p50());
            p99.add(one.p99());
            maximum.add(one.maximum());
        }
        return new Measured(arrived, missing, p50, p99, maximum);
    }

    private record Round(long arrived, long missing, double p50, double p99, double maximum) {}

    /** Of this round only: what the one before it sent and comes late is not counted. */
    private Round round(Program clients, Duration time) {
        var start = System.nanoTime();
        clients.ask("since " + start);
        var sent = send(time, start);
        Await.within(LAST, () -> latency(clients, sent)[0] == sent);
        var words = latency(clients, sent);
        return new Round(
                words[0], sent - words[0], orNever(words[1]), orNever(words[2]), orNever(words[3]));
    }

    private static long[] latency(Program clients, long sent) {
        return Stream.of(clients.ask("latency " + sent).split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static double orNever(long micros) {
        return micros == SocketClients.NEVER ? Double.POSITIVE_INFINITY : micros;
    }

    private long send(Duration time, long start) {
        var number = RATE * time.toSeconds();
        for (long i = 0; i < number; i++) {
            var due = start + i * 1_000_000_000L / RATE;
            LockSupport.parkNanos(due - System.nanoTime());
            post(random.nextInt(customers), due);
        }
        return number;
    }

    private void post(long customer, long due) {
        var body =
                """
                {"channel":"app","account":"%s","party":"%s","idempotencyKey":"%s",\
                "content":{"type":"text","body":"%s%d"}}\
                """
                        .formatted(
                                Caller.ACCOUNT,
                                Caller.app().customer(customer),
                                UUID.randomUUID(),
                                SocketClients.DUE,
                                due);
        http.sendAsync(
                        HttpRequest.newBuilder(messages)
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + TOKEN)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .whenComplete(
                        (answer, failure) -> {
                            if (failure != null || answer.statusCode() != 202) {
                                refused(failure == null ? answer.body() : failure.toString());
                            }
                        });
    }

    private void refused(String how) {
        if (refused.getAndIncrement() == 0) {
            System.out.println("a message was refused: " + how);
        }
    }
}
