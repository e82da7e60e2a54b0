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
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The journal proper: a Kafka topic, keyed by sender, every entry confirmed by all replicas.
 *
 * <p>Whoever appends hands the entries to the producer themselves, an event loop too: a thread in
 * between would have to be woken for every message. A producer makes its caller wait while it does
 * not know where the topic is and while its buffer is full, so it is told to fail an entry at once
 * instead. Only a new producer is waited for until it has found the topic.
 */
final class KafkaJournal implements Broker, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaJournal.class);

    /** Between two looks whether a new producer has found the topic. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** After a producer could not even be made, or may not write. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final String topic;
    private final Duration timeout;
    private final Map<String, Object> options;

    /** Makes producers, asks what they have found, and closes them: one thread, which may block. */
    private final Scheduler upkeep =
            Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "journal-producer", 60, true);

    private final AtomicReference<State> state = new AtomicReference<>(new Opening());
    private volatile boolean closed;

    private sealed interface State {}

    private record Ready(Producer<String, byte[]> producer) implements State {}

    private record Opening(Sinks.One<Producer<String, byte[]>> made) implements State {
        Opening() {
            this(Sinks.one());
        }
    }

    /** Of the thread of upkeep: made, and has not found the topic yet. */
    private @Nullable Producer<String, byte[]> searching;

    KafkaJournal(JournalSettings settings, Map<String, Object> kafka) {
        topic = settings.topic();
        timeout = settings.timeout();
        options = options(settings, kafka);
        upkeep.schedule(this::open);
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
        // What comes while a request is under way goes with the next one: hardly a wait when it is
        // quiet, large batches when it is not.
        options.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        options.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        // It would forget the topic on a quiet night, and fail the first message of the morning.
        options.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(365).toMillis());
        options.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        options.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        return options;
    }

    /** The producer itself sees to the time limit of what it has taken. */
    @Override
    public Mono<Void> append(List<Entry> entries) {
        if (entries.isEmpty()) {
            return Mono.empty();
        }
        return Mono.defer(
                        () ->
                                switch (state.get()) {
                                    case Ready(var producer) -> send(producer, entries);
                                    case Opening(var made) ->
                                            inTime(made).flatMap(it -> send(it, entries));
                                })
                .onErrorMap(KafkaJournal::typed);
    }

    private static Throwable typed(Throwable failure) {
        return switch (failure) {
            case JournalUnavailable known -> known;
            case RecordTooLargeException tooLarge -> new EntryTooLarge(tooLarge);
            default -> new JournalUnavailable("Kafka did not confirm", failure);
        };
    }

    private Mono<Producer<String, byte[]>> inTime(Sinks.One<Producer<String, byte[]>> made) {
        return made.asMono()
                .timeout(
                        timeout,
                        Mono.error(() -> new JournalUnavailable("the topic is not found", null)));
    }

    private Mono<Void> send(Producer<String, byte[]> kafka, List<Entry> entries) {
        return Mono.create(
                sink -> {
                    var appending = new Appending(kafka, sink, entries.size());
                    try {
                        for (var entry : entries) {
                            if (appending.isOver) {
                                return;
                            }
                            var _ =
                                    kafka.send(
                                            new ProducerRecord<>(topic, entry.key(), entry.value()),
                                            appending);
                        }
                    } catch (RuntimeException e) {
                        retire(kafka, e);
                        appending.over(e);
                    }
                });
    }

    /** Some failures stay with a producer for good, such as being no longer allowed to write. */
    private void retire(Producer<String, byte[]> spent, Exception failure) {
        if (state.get() instanceof Ready current
                && current.producer == spent
                && state.compareAndSet(current, new Opening())) {
            log.error(
                    "The Kafka producer failed and is made anew: {}", failure.getClass().getName());
            upkeep.schedule(
                    () -> {
                        spent.close(Duration.ZERO);
                        open();
                    });
        }
    }

    /** One look; the next one follows unless the topic was found. */
    private void open() {
        if (closed || !(state.get() instanceof Opening opening)) {
            return;
        }
        try {
            var current = searching;
            if (current == null) {
                current =
                        new KafkaProducer<>(
                                options, new StringSerializer(), new ByteArraySerializer());
                searching = current;
            }
            current.partitionsFor(topic);
            searching = null;
            state.set(new Ready(current));
            opening.made.tryEmitValue(current);
        } catch (TimeoutException e) {
            later(LOOK_EVERY);
        } catch (RuntimeException e) {
            // A host name may be unknown while Kafka is away, and rights may be given yet.
            log.debug("No Kafka producer yet: {}", e.getClass().getName());
            later(PAUSE);
        }
    }

    private void later(Duration pause) {
        if (closed) {
            return;
        }
        upkeep.schedule(this::open, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nobody appends any more by then. */
    @Override
    public void close() {
        closed = true;
        upkeep.schedule(
                () -> {
                    var last = state.get() instanceof Ready(var producer) ? producer : searching;
                    if (last != null) {
                        last.close(Duration.ZERO);
                    }
                });
        upkeep.disposeGracefully().subscribe();
    }

    /** A caller, who waits for the last of their entries or the first failure. */
    private final class Appending implements Callback {
        private final Producer<String, byte[]> by;
        private final MonoSink<Void> sink;
        private int outstanding;
        private volatile boolean isOver;

        Appending(Producer<String, byte[]> by, MonoSink<Void> sink, int outstanding) {
            this.by = by;
            this.outstanding = outstanding;
            this.sink = sink.onDispose(() -> isOver = true);
        }

        /** On the producer's own thread, or on the caller's when it fails at once. */
        @Override
        public synchronized void onCompletion(
                @Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure != null) {
                if (!(failure instanceof RetriableException
                        || failure instanceof RecordTooLargeException)) {
                    retire(by, failure);
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
