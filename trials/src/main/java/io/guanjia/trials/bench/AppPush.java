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
     * @param missing what did not arrive
     */
    record Measured(long arrived, long missing, Samples p50, Samples p99, Samples maximum) {}

    /** Sends at even intervals to customers at random, after a warm-up in several rounds. */
    Measured run(Program clients, Duration warmUp, Duration time, int rounds) {
        send(warmUp);
        clients.ask("latency");
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

    private record Round(long arrived, long missing, long p50, long p99, long maximum) {}

    private Round round(Program clients, Duration time) {
        var sent = send(time);
        var arrived = new long[4];
        Await.within(
                LAST,
                () -> {
                    var words = clients.ask("latency").split(" ");
                    for (int i = 0; i < words.length; i++) {
                        var value = Long.parseLong(words[i]);
                        // Whatever comes in after the first look is late, and few.
                        arrived[i] = i == 0 ? arrived[i] + value : Math.max(arrived[i], value);
                    }
                    return arrived[0] >= sent;
                });
        return new Round(arrived[0], sent - arrived[0], arrived[1], arrived[2], arrived[3]);
    }

    private long send(Duration time) {
        var number = RATE * time.toSeconds();
        var start = System.nanoTime();
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
