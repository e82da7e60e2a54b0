package io.guanjia.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** People who write one message after the other, each once the one before was acknowledged. */
final class Customers implements AutoCloseable {

    static final JournalCodec CODEC = new JournalCodec(JsonMapper.shared());

    private final Map<String, List<String>> acknowledged = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Duration worst = Duration.ZERO;
    private volatile boolean open = true;

    Customers(Journal journal, int many) {
        for (var i = 0; i < many; i++) {
            var name = "customer-" + i;
            var heard = new CopyOnWriteArrayList<String>();
            acknowledged.put(name, heard);
            threads.add(Thread.startVirtualThread(() -> write(journal, name, heard)));
        }
    }

    private void write(Journal journal, String name, List<String> heard) {
        for (var i = 0; open; i++) {
            var begin = System.nanoTime();
            var said = name + " says " + i;
            try {
                journal.append(List.of(record(name, said))).block();
                heard.add(said);
            } catch (JournalUnavailable e) {
                // Nobody heard that it was kept, so nobody relies on it.
            }
            took(Duration.ofNanos(System.nanoTime() - begin));
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void took(Duration time) {
        worst = worst.compareTo(time) < 0 ? time : worst;
    }

    /** The longest that one of them waited. */
    Duration worst() {
        return worst;
    }

    int acknowledged() {
        return acknowledged.values().stream().mapToInt(List::size).sum();
    }

    /** Lets everybody finish. */
    @Override
    public void close() {
        open = false;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Everything acknowledged is there, and what is there first stands in the order written. */
    void findTheirsIn(List<Entry> journal) {
        acknowledged.forEach(
                (name, said) ->
                        assertThat(
                                        journal.stream()
                                                .filter(entry -> entry.key().endsWith(name))
                                                .map(Customers::said)
                                                .distinct()
                                                .filter(said::contains))
                                .containsExactlyElementsOf(said));
    }

    static String said(Entry entry) {
        return CODEC.decode(entry.value()).inbound().dedupeKey();
    }

    static JournalRecord record(String name, String said) {
        return new JournalRecord(
                new InboundMessage(
                        new Address("wechat", "main", name),
                        said,
                        null,
                        new Content.Text(said),
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        said),
                null);
    }
}
