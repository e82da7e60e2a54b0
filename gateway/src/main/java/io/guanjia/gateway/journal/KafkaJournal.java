package io.guanjia.gateway.journal;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * The journal proper: a Kafka topic, keyed by sender, every entry confirmed by all replicas.
 *
 * <p>The producer blocks its caller while it does not know where the topic is, so it has a thread
 * of its own and an event loop never meets it. Whoever was waiting for that thread while it was
 * blocked fails along with the entry that blocked it, instead of blocking it again in turn.
 */
final class KafkaJournal implements Broker, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaJournal.class);

    private final String topic;
    private final Duration timeout;
    private final Map<String, Object> options;
    private final Scheduler thread = Schedulers.newSingle("journal-append", true);

    // Of that thread:
    private @Nullable Producer<String, byte[]> producer;
    private long blockedUntil = System.nanoTime();
    private JournalUnavailable blockedBy = new JournalUnavailable("not asked yet", null);

    /** Some failures stay with a producer for good, such as being no longer allowed to write. */
    private volatile boolean spent;

    KafkaJournal(JournalSettings settings, Map<String, Object> kafka) {
        topic = settings.topic();
        timeout = settings.timeout();
        options = options(settings, kafka);
    }

    private static Map<String, Object> options(
            JournalSettings settings, Map<String, Object> kafka) {
        var millis = (int) settings.timeout().toMillis();
        var linger = (int) settings.linger().toMillis();
        var options = new HashMap<>(kafka);
        options.put(ProducerConfig.ACKS_CONFIG, "all");
        options.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        options.put(ProducerConfig.LINGER_MS_CONFIG, linger);
        options.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        options.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis - linger);
        // Sooner than the caller gives up, so that the caller hears why.
        options.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis - millis / 10);
        options.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        options.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        return options;
    }

    @Override
    public Mono<Void> append(List<Entry> entries) {
        return Mono.<Void>create(
                        sink -> {
                            var appending = new Appending(sink);
                            var offeredAt = System.nanoTime();
                            // Not subscribeOn: whoever gives up must not interrupt the producer.
                            thread.schedule(() -> send(entries, appending, offeredAt));
                        })
                .timeout(timeout)
                .onErrorMap(
                        failure -> !(failure instanceof JournalUnavailable),
                        failure -> new JournalUnavailable("Kafka did not confirm", failure));
    }

    private void send(List<Entry> entries, Appending appending, long offeredAt) {
        if (entries.isEmpty() || offeredAt - blockedUntil < 0) {
            appending.over(entries.isEmpty() ? null : blockedBy);
            return;
        }
        appending.outstanding = entries.size();
        try {
            var kafka = producer();
            for (var entry : entries) {
                if (appending.isOver) {
                    return;
                }
                var sent =
                        kafka.send(
                                new ProducerRecord<>(topic, entry.key(), entry.value()), appending);
                if (failedAtOnce(sent)) {
                    blockedUntil = System.nanoTime();
                    blockedBy = new JournalUnavailable("no word from Kafka", sent.exceptionNow());
                }
            }
        } catch (RuntimeException e) {
            log.error("The Kafka producer failed and is made anew: {}", e.getClass().getName());
            spent = true;
            appending.over(e);
        }
    }

    /** Whether it found neither the topic nor room in its buffer, having waited for them. */
    private static boolean failedAtOnce(Future<RecordMetadata> sent) {
        return sent.isDone()
                && sent.state() == Future.State.FAILED
                && sent.exceptionNow() instanceof TimeoutException;
    }

    /** Made when it is first needed: a host name may be unknown while Kafka is away. */
    private Producer<String, byte[]> producer() {
        if (spent) {
            closeProducer();
            spent = false;
        }
        var current = producer;
        if (current == null) {
            current =
                    new KafkaProducer<>(options, new StringSerializer(), new ByteArraySerializer());
            producer = current;
        }
        return current;
    }

    private void closeProducer() {
        var current = producer;
        producer = null;
        if (current != null) {
            current.close(Duration.ZERO);
        }
    }

    /** Nobody appends any more by then. */
    @Override
    public void close() {
        thread.schedule(this::closeProducer);
        thread.disposeGracefully().subscribe();
    }

    /** A caller, who waits for the last of their entries or the first failure. */
    private final class Appending implements Callback {
        private final MonoSink<Void> sink;
        private int outstanding;
        private volatile boolean isOver;

        Appending(MonoSink<Void> sink) {
            this.sink = sink.onDispose(() -> isOver = true);
        }

        /** On the producer's own thread, or on ours when it fails at once. */
        @Override
        public synchronized void onCompletion(
                @Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure != null) {
                if (!(failure instanceof RetriableException
                        || failure instanceof RecordTooLargeException)) {
                    spent = true;
                }
                over(failure);
            } else if (--outstanding == 0) {
                over(null);
            }
        }

        void over(@Nullable Exception failure) {
            if (isOver) {
                return;
            }
            isOver = true;
            if (failure == null) {
                sink.success();
            } else {
                sink.error(failure);
            }
        }
    }
}
