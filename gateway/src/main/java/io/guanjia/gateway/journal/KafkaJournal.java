package io.guanjia.gateway.journal;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;
import reactor.kafka.sender.SenderResult;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The journal proper: a Kafka topic, keyed by sender, every record confirmed by all replicas.
 *
 * <p>All callers share one stream into the producer. The producer blocks its caller while it has no
 * metadata, so that stream has a thread of its own and an event loop never meets it.
 */
final class KafkaJournal implements Journal {

    private final JournalSettings settings;
    private final JournalCodec codec;
    private final KafkaSender<String, byte[]> sender;
    private final Scheduler thread = Schedulers.newSingle("journal-append", true);
    private final Sinks.Many<SenderRecord<String, byte[], Appending>> queue =
            Sinks.many().unicast().onBackpressureBuffer();
    private final Disposable stream;

    KafkaJournal(JournalSettings settings, JournalCodec codec, Map<String, Object> kafka) {
        this.settings = settings;
        this.codec = codec;
        sender = KafkaSender.create(options(settings, kafka));
        stream =
                sender.send(queue.asFlux().publishOn(thread))
                        .subscribe(KafkaJournal::settle, failure -> {});
    }

    private static SenderOptions<String, byte[]> options(
            JournalSettings settings, Map<String, Object> kafka) {
        var millis = (int) settings.timeout().toMillis();
        return SenderOptions.<String, byte[]>create(kafka)
                .producerProperty(
                        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class)
                .producerProperty(
                        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class)
                .producerProperty(ProducerConfig.ACKS_CONFIG, "all")
                .producerProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
                .producerProperty(
                        ProducerConfig.LINGER_MS_CONFIG, (int) settings.linger().toMillis())
                .producerProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis)
                .producerProperty(
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        millis - (int) settings.linger().toMillis())
                .producerProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis / 2)
                .producerProperty(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500)
                .producerProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none")
                .scheduler(Schedulers.immediate())
                .maxInFlight(16_384)
                .stopOnError(false);
    }

    @Override
    public Mono<Void> append(List<JournalRecord> records) {
        if (records.isEmpty()) {
            return Mono.empty();
        }
        return Mono.<Void>create(sink -> offer(new Appending(sink, records.size()), records))
                // The producer's own time-outs come first; this one holds if its thread is stuck.
                .timeout(settings.timeout().plus(Duration.ofMillis(200)), thread)
                .onErrorMap(
                        failure -> !(failure instanceof JournalUnavailable),
                        failure -> new JournalUnavailable("Kafka did not confirm", failure));
    }

    private void offer(Appending appending, List<JournalRecord> records) {
        for (var record : records) {
            var kafkaRecord =
                    new ProducerRecord<>(
                            settings.topic(), record.inbound().from().key(), codec.encode(record));
            queue.emitNext(
                    SenderRecord.create(kafkaRecord, appending),
                    Sinks.EmitFailureHandler.busyLooping(Duration.ofMillis(100)));
        }
    }

    private static void settle(SenderResult<Appending> result) {
        result.correlationMetadata().settle(result.exception());
    }

    void close() {
        queue.tryEmitComplete();
        sender.close();
        stream.dispose();
        thread.dispose();
    }

    /** Callers waiting for the last of their records. Touched by the producer's thread only. */
    private static final class Appending {
        private final MonoSink<Void> sink;
        private int outstanding;

        Appending(MonoSink<Void> sink, int outstanding) {
            this.sink = sink;
            this.outstanding = outstanding;
        }

        synchronized void settle(@Nullable Exception failure) {
            if (failure != null) {
                sink.error(failure);
            } else if (--outstanding == 0) {
                sink.success();
            }
        }
    }
}
