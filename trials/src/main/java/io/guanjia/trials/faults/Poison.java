package io.guanjia.trials.faults;

import io.guanjia.trials.caller.Caller;
import io.guanjia.trials.process.Await;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * F16: records that nobody can read lie in every partition of the journal, which is to keep nobody
 * behind them waiting; then come some that the database will never take as well, while a stranger
 * joins and leaves the group over and over, so that it is shared out anew all the time.
 */
final class Poison implements Trial {

    private static final String TOPIC = "guanjia.inbound";
    private static final String GROUP = "guanjia";

    /** Several for each partition. */
    private static final int BEHIND = 30;

    @Override
    public String number() {
        return "F16";
    }

    @Override
    public String fault(Scene scene) {
        return "unreadable records in every partition, %d times; those that the database will never take, and %d rebalances"
                .formatted(rounds(scene), rounds(scene));
    }

    private static int rounds(Scene scene) {
        return scene.size().of(2, 10);
    }

    private static Duration atOnce(Scene scene) {
        return Duration.ofSeconds(scene.size().of(10, 1));
    }

    @Override
    public Ledger run(Scene scene) {
        var findings = new ArrayList<String>();
        var blows = new ArrayList<Instant>();
        var before = deadLetters(scene);
        var poisoned = 0L;
        var behind = new Burst(scene.quick());
        var offers = new ArrayList<Offer>();
        var crowd = scene.crowd("poisoned");
        try (crowd;
                var producer = producer(scene)) {
            for (int i = 0; i < rounds(scene); i++) {
                poisoned += poison(producer);
                var written = behind.write("behind-" + i, BEHIND);
                offers.addAll(written);
                // Their callbacks have ended, in most cases with the answer.
                if (!Await.within(atOnce(scene), () -> behind.answered(written) == BEHIND)) {
                    findings.add("whoever wrote behind unreadable records had to wait");
                }
            }
            for (int i = 0; i < rounds(scene); i++) {
                Await.pause(Duration.ofSeconds(1));
                blows.add(scene.now());
                poisoned += poison(producer) + overlong(producer, i);
                joinAndLeave(scene);
            }
            Await.pause(Duration.ofSeconds(2));
        }
        offers.addAll(crowd.offers());
        var ledger = scene.books(scene.quick(), number()).close(offers, Map.of(), blows);
        var expected = before + poisoned;
        if (!Await.within(Duration.ofSeconds(30), () -> deadLetters(scene) == expected)) {
            findings.add(
                    "%d dead letters for %d unreadable records"
                            .formatted(deadLetters(scene) - before, poisoned));
        }
        if (overlongs(scene) < rounds(scene)) {
            findings.add("what was to exceed a limit of the database did not");
        }
        return ledger.with(ledger.recoveries(), findings);
    }

    private static long overlongs(Scene scene) {
        return scene.cluster()
                .database()
                .number("select count(*) from dead_letter where reason = '54000'");
    }

    private static long deadLetters(Scene scene) {
        return scene.cluster().database().number("select count(*) from dead_letter");
    }

    private static KafkaProducer<byte[], byte[]> producer(Scene scene) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", scene.cluster().servers().kafka().address()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static int poison(KafkaProducer<byte[], byte[]> producer) {
        var partitions = producer.partitionsFor(TOPIC);
        for (var partition : partitions) {
            var value = "{\"no\": \"record\"}".getBytes(StandardCharsets.UTF_8);
            producer.send(
                    new ProducerRecord<>(TOPIC, partition.partition(), new byte[] {1}, value));
        }
        producer.flush();
        return partitions.size();
    }

    /** One that can be read, and whose sender's name is too long for PostgreSQL's index. */
    private static int overlong(KafkaProducer<byte[], byte[]> producer, int round) {
        var name = new byte[6_000];
        new Random(round).nextBytes(name);
        var value =
                """
                {"inbound": {"kind": "message", "dedupeKey": "overlong-%d", "raw": "",
                    "from": {"channel": "wechat", "account": "%s", "party": "%s"},
                    "content": {"type": "text", "body": "?"},
                    "sentAt": "2026-01-01T00:00:00Z", "receivedAt": "2026-01-01T00:00:00Z"}}
                """
                        .formatted(round, Caller.ACCOUNT, Base64.getEncoder().encodeToString(name));
        producer.send(
                new ProducerRecord<>(
                        TOPIC, new byte[] {2}, value.getBytes(StandardCharsets.UTF_8)));
        producer.flush();
        return 1;
    }

    /** Takes its share of the partitions, works on nothing, and goes. */
    private static void joinAndLeave(Scene scene) {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers",
                        scene.cluster().servers().kafka().address(),
                        "group.id",
                        GROUP,
                        "enable.auto.commit",
                        false);
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            Await.within(
                    Duration.ofSeconds(8),
                    () -> {
                        consumer.poll(Duration.ofMillis(100));
                        return !consumer.assignment().isEmpty();
                    });
        }
    }
}
