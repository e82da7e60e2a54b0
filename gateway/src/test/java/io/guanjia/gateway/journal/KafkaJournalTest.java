package io.guanjia.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.guanjia.embedded.EmbeddedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

class KafkaJournalTest {

    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    @TempDir Path folder;

    private final String topic = "journal-" + UUID.randomUUID();

    @Test
    void whatIsConfirmedIsInTheTopic() {
        var kafka = EmbeddedServers.shared().kafka().address();
        makeTopic(kafka);
        try (var journal = journal(kafka)) {
            journal.append(List.of(entry("Lily", "one"), entry("Lucy", "two"))).block();
        }

        assertThat(stored(kafka).stream().map(Customers::said)).containsOnly("one", "two");
    }

    @Test
    void whatTheProducerOrTheTopicIsTooSmallForIsSaidToBeTooLarge() {
        var kafka = EmbeddedServers.shared().kafka().address();
        makeTopic(kafka, Map.of("max.message.bytes", "2000"));
        try (var journal = journal(kafka)) {
            for (var bytes : List.of(2_000, 2_000_000)) {
                var random = new byte[bytes];
                new Random(7).nextBytes(random);
                var large = entry("Lily", HexFormat.of().formatHex(random));

                assertThatThrownBy(() -> journal.append(List.of(large)).block())
                        .as("%d bytes", bytes)
                        .isInstanceOf(EntryTooLarge.class);
            }
        }
    }

    @Test
    void everybodyHearsInTimeThatKafkaWasNotThereAtTheStart() throws IOException {
        try (var journal = journal("127.0.0.1:" + freePort())) {
            assertEverybodyHearsInTime(journal);
        }
    }

    @Test
    void everybodyHearsInTimeThatTheTopicIsMissingAndItIsFoundOnceItIsThere() {
        var kafka = EmbeddedServers.shared().kafka().address();
        try (var journal = journal(kafka)) {
            assertEverybodyHearsInTime(journal);

            makeTopic(kafka);
            await().ignoreExceptions()
                    .until(
                            () -> {
                                journal.append(List.of(entry("Lily", "at last"))).block();
                                return true;
                            });
        }
        assertThat(stored(kafka).stream().map(Customers::said)).contains("at last");
    }

    @Test
    void aHostNameThatIsNotKnownYetIsNoReasonNotToStart() {
        try (var journal = journal("kafka.invalid:9092")) {
            assertThat(failed(journal, 0).block()).isTrue();
        }
    }

    @Test
    void nobodyLosesAMessageOrFindsTwoExchangedWhenKafkaIsKilledUnderLoad() throws IOException {
        var kafka = EmbeddedServers.shared().kafka();
        makeTopic(kafka.address());
        var meters = new SimpleMeterRegistry();
        try (var broker = journal(kafka.address());
                var journal =
                        new SpoolingJournal(
                                broker,
                                Customers.CODEC,
                                Spool.open(folder, 64 << 20),
                                TIMEOUT,
                                meters)) {
            journal.start();
            var customers = new Customers(journal, 60);
            try (customers) {
                awaitMore(customers, 300);
                kafka.kill();
                awaitMore(customers, 2_000);
                kafka.start();
                awaitMore(customers, 300);
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> meters.get("guanjia.journal.spool.bytes").gauge().value() == 0);
            journal.stop();

            customers.findTheirsIn(stored(kafka.address()));
            assertThat(customers.worst()).isLessThan(Duration.ofSeconds(4));
        }
    }

    private static void awaitMore(Customers customers, int many) {
        var enough = customers.acknowledged() + many;
        await().atMost(Duration.ofSeconds(30)).until(() -> customers.acknowledged() > enough);
    }

    private void assertEverybodyHearsInTime(KafkaJournal journal) {
        var begin = System.nanoTime();
        var failed =
                Flux.range(0, 50).flatMap(i -> failed(journal, i), 50).filter(it -> it).count();

        assertThat(failed.block()).isEqualTo(50);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT.multipliedBy(2));
    }

    private static Mono<Boolean> failed(KafkaJournal journal, int number) {
        return journal.append(List.of(entry("customer-" + number, "hello")))
                .thenReturn(false)
                .onErrorReturn(JournalUnavailable.class, true);
    }

    private static Entry entry(String name, String said) {
        return Customers.CODEC.encode(Customers.record(name, said));
    }

    private KafkaJournal journal(String kafka) {
        var settings =
                new JournalSettings(
                        topic,
                        3,
                        (short) 1,
                        "group",
                        TIMEOUT,
                        Duration.ofMillis(1),
                        500,
                        8,
                        folder,
                        DataSize.ofMegabytes(1));
        return new KafkaJournal(settings, Map.of("bootstrap.servers", kafka));
    }

    private void makeTopic(String kafka) {
        makeTopic(kafka, Map.of());
    }

    private void makeTopic(String kafka, Map<String, String> settings) {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1).configs(settings)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    private List<Entry> stored(String kafka) {
        var settings = Map.<String, Object>of("bootstrap.servers", kafka);
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    IntStream.range(0, 3).mapToObj(p -> new TopicPartition(topic, p)).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var entries = new ArrayList<Entry>();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> entries.add(new Entry(record.key(), record.value())));
            }
            return entries;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
