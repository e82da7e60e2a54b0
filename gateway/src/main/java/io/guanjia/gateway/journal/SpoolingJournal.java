package io.guanjia.gateway.journal;

import io.guanjia.gateway.BackgroundWork;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A journal that goes on taking records while the broker behind it is away.
 *
 * <p><b>The order it promises.</b> Of two records of one sender, of which the second was given to
 * this node after the first was confirmed, or behind it in one list, the first one's first copy
 * stands before the second's in the journal. It holds because no record is given to the broker
 * before the broker has confirmed all of the same sender that came before it:
 *
 * <ul>
 *   <li>What the broker does not confirm in time goes to the spool, and while anything is in the
 *       spool all else goes behind it. The spool counts as empty again only once its last record is
 *       confirmed.
 *   <li>Lists and what is drained from the spool are given to the broker in stretches in which no
 *       sender comes twice, the next one after the one before was confirmed. A stretch that fails
 *       is repeated before anything else, so whichever part of it did arrive, or arrives yet, is a
 *       further copy of a record and overtakes none.
 * </ul>
 *
 * <p>Nothing in this depends on how the broker's client batches, repeats or gives up. Not promised:
 * an order between what different nodes took during an outage, since each has a spool of its own; a
 * load balancer should leave a sender with one node.
 *
 * <p>A record that the broker will never take, because it is larger than its settings allow, is set
 * aside on the disk (see {@link Spool#setAside}), and what is behind it goes on.
 *
 * <p>Records go straight again once the spool is found empty. Where many come every millisecond
 * that can take a while after the broker is back; until then they go through by way of the disk.
 */
final class SpoolingJournal extends BackgroundWork implements Journal, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SpoolingJournal.class);
    private static final int PROBE = 1;
    private static final int MOST_AT_ONCE = 500;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Broker broker;
    private final JournalCodec codec;
    private final SpoolThread disk;
    private final Duration timeout;
    private final AtomicBoolean away = new AtomicBoolean();

    /**
     * @param timeout after how long the spool takes over, however many stretches a list has
     */
    SpoolingJournal(
            Broker broker,
            JournalCodec codec,
            Spool spool,
            Duration timeout,
            MeterRegistry meters) {
        this.broker = broker;
        this.codec = codec;
        this.timeout = timeout;
        disk = new SpoolThread(spool);
        meters.gauge("guanjia.journal.spool.bytes", disk, SpoolThread::bytes);
        meters.gauge("guanjia.journal.spool.damaged", disk, SpoolThread::damaged);
        meters.gauge("guanjia.journal.spool.refused", disk, SpoolThread::refused);
        meters.gauge("guanjia.journal.spooling", this, self -> self.spooling() ? 1 : 0);
    }

    private boolean spooling() {
        return disk.bytes() > 0;
    }

    @Override
    public Mono<Void> append(List<JournalRecord> records) {
        return Mono.defer(
                () -> {
                    var entries = records.stream().map(codec::encode).toList();
                    return spooling() ? disk.append(entries) : straight(entries);
                });
    }

    private Mono<Void> straight(List<Entry> entries) {
        var stretches = stretches(entries);
        var sent =
                stretches.size() == 1
                        ? broker.append(entries)
                        : Flux.fromIterable(stretches)
                                .concatMap(broker::append)
                                .then()
                                .timeout(timeout, Mono.error(SpoolingJournal::late));
        return sent.onErrorResume(
                        JournalUnavailable.class,
                        failure -> {
                            logOnce(
                                    "The journal is away; records go to the spool on disk",
                                    failure);
                            return disk.append(entries);
                        })
                // By way of the disk it is found which one it is.
                .onErrorResume(EntryTooLarge.class, _ -> disk.append(entries));
    }

    private static JournalUnavailable late() {
        return new JournalUnavailable("not confirmed in time", null);
    }

    /** Cuts before every entry whose sender has come since the last cut. */
    private static List<List<Entry>> stretches(List<Entry> entries) {
        var stretches = new ArrayList<List<Entry>>();
        var senders = new HashSet<String>();
        for (var entry : entries) {
            if (stretches.isEmpty() || !senders.add(entry.key())) {
                senders.clear();
                senders.add(entry.key());
                stretches.add(new ArrayList<>());
            }
            stretches.getLast().add(entry);
        }
        return stretches;
    }

    /** Moves the oldest entries over, or waits; emits how many to take the next time. */
    private Mono<Integer> round(int most) {
        return spooling() ? drain(most) : Mono.delay(PAUSE).thenReturn(PROBE);
    }

    private Mono<Integer> drain(int most) {
        return disk.peek(most)
                .flatMapIterable(SpoolingJournal::stretches)
                .concatMap(stretch -> moved(stretch).then(disk.drop(stretch.size())))
                .then(Mono.fromSupplier(this::drained))
                .onErrorResume(
                        failure -> {
                            logOnce("What is in the spool has to wait", failure);
                            return Mono.delay(PAUSE).thenReturn(PROBE);
                        });
    }

    /**
     * What the broker will never take is found by offering each alone, and stops nothing then. No
     * sender comes twice in a stretch, so that changes nobody's order.
     */
    private Mono<Void> moved(List<Entry> stretch) {
        return broker.append(stretch)
                .onErrorResume(
                        EntryTooLarge.class,
                        _ ->
                                stretch.size() == 1
                                        ? disk.setAside(stretch.getFirst())
                                        : Flux.fromIterable(stretch)
                                                .concatMap(one -> moved(List.of(one)))
                                                .then());
    }

    private int drained() {
        if (!spooling() && away.getAndSet(false)) {
            log.info("The journal is back and the spool is drained");
        }
        return MOST_AT_ONCE;
    }

    /** Once in an outage: there may be thousands of failures a second. */
    private void logOnce(String what, Throwable failure) {
        if (!away.getAndSet(true)) {
            var cause = failure.getCause() == null ? failure : failure.getCause();
            // A client's own words may quote what it was to send.
            log.warn("{}: {}", what, cause.getClass().getName());
        }
    }

    @Override
    protected Flux<?> work() {
        return round(PROBE).expand(this::round);
    }

    /** Drains until after the last callback has been answered. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void close() {
        stop();
        disk.close();
    }
}
