package io.guanjia.gateway.journal;

import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.journal.JournalReader.Stored;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverRecord;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Shows the journal to its reader, batch by batch, as this node's share of the consumer group.
 *
 * <p>An offset is committed only after the reader is done with the record, so a crash shows it
 * again. When the group is shared out anew in the middle of a batch, the next owner sees that batch
 * again from its start, in order; the reader's unique keys drop what was done already.
 */
final class KafkaFeed extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(KafkaFeed.class);

    private final KafkaReceiver<String, byte[]> receiver;
    private final JournalReader reader;

    KafkaFeed(JournalSettings settings, JournalReader reader, Map<String, Object> kafka) {
        this.reader = reader;
        receiver = KafkaReceiver.create(options(settings, kafka));
    }

    private static ReceiverOptions<String, byte[]> options(
            JournalSettings settings, Map<String, Object> kafka) {
        return ReceiverOptions.<String, byte[]>create(kafka)
                .consumerProperty(ConsumerConfig.GROUP_ID_CONFIG, settings.group())
                .consumerProperty(
                        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class)
                .consumerProperty(
                        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class)
                .consumerProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
                // A broker that makes what it is asked for would make it with one partition.
                .consumerProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false)
                .consumerProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batch())
                .consumerProperty(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000)
                .consumerProperty(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000)
                .consumerProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500)
                .consumerProperty(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500)
                .commitInterval(Duration.ofMillis(200))
                // Giving up on it would leave the group and join it anew, which takes the broker
                // that has just come back a minute.
                .maxCommitAttempts(Integer.MAX_VALUE)
                .closeTimeout(Duration.ofSeconds(2))
                .maxDelayRebalance(Duration.ofSeconds(5))
                .pollTimeout(Duration.ofMillis(100))
                .subscription(List.of(settings.topic()));
    }

    private Mono<Void> feed(List<ReceiverRecord<String, byte[]>> batch) {
        var stored =
                batch.stream()
                        .map(
                                record ->
                                        new Stored(
                                                record.partition(),
                                                record.offset(),
                                                record.key() == null ? "" : record.key(),
                                                record.value() == null
                                                        ? new byte[0]
                                                        : record.value()))
                        .toList();
        return reader.read(stored)
                .then(
                        Mono.fromRunnable(
                                () ->
                                        batch.forEach(
                                                record -> record.receiverOffset().acknowledge())));
    }

    @Override
    protected Flux<?> work() {
        return receiver.receiveBatch(1)
                .concatMap(records -> records.collectList().flatMap(this::feed), 0)
                .doOnError(failure -> log.warn("reading the journal failed", failure))
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                                .maxBackoff(Duration.ofSeconds(5)));
    }

    /** Starts after everything it needs, and stops reading before the rest stops. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 100;
    }
}
