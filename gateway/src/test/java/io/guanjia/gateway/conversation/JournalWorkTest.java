package io.guanjia.gateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.journal.JournalCodec;
import io.guanjia.gateway.journal.JournalReader.Stored;
import io.guanjia.gateway.journal.JournalRecord;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.outbound.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.BadSqlGrammarException;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

class JournalWorkTest {

    private final TestDatabase database = new TestDatabase();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FakeEffects effects = new FakeEffects();
    private final JournalCodec codec = new JournalCodec(JsonMapper.shared());
    private final DeadLetters deadLetters =
            new DeadLetters(database.client, codec, effects, Ids.timeOrdered(), Clock.systemUTC());
    private final JournalWork work =
            new JournalWork(2, codec, effects, deadLetters, meters, Clock.systemUTC());

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "null",
                "{}",
                "{\"no\": \"record\"}",
                "{\"inbound\": {\"type\": \"message\"}}"
            })
    void aRecordThatNobodyCanReadIsFiledAtOnceAndStopsNothing(String record) {
        read(said(0, "first"), new Stored(0, 1, "Lily", bytes(record)), said(2, "third"));

        assertThat(effects.had).containsExactly("first", "third");
        assertThat(letters())
                .singleElement()
                .extracting("offset", "reason")
                .containsExactly(1L, "Undecodable");
        assertThat(meters.get("guanjia.journal.records").tag("end", "dead").counter().count())
                .isEqualTo(1);
    }

    /** A broken constraint, and a key too long for its index. */
    @ParameterizedTest
    @ValueSource(strings = {"23514", "54000"})
    void aRecordThatTheDatabaseWillNeverTakeIsFiledAndStopsNothing(String state) {
        effects.failures.put(
                "second",
                new DataIntegrityViolationException(
                        "no", new R2dbcDataIntegrityViolationException("no", state)));

        read(said(0, "first"), said(1, "second"), said(2, "third"));

        assertThat(effects.had).containsExactly("first", "third");
        assertThat(letters()).singleElement().extracting("reason").isEqualTo(state);
    }

    @Test
    void nothingIsFiledWhileTheDatabaseIsAway() {
        waitsFor(new DataAccessResourceFailureException("away"));
    }

    @Test
    void nothingIsFiledWhileAColumnIsMissingInMidDeployment() {
        waitsFor(
                new BadSqlGrammarException(
                        "update", "…", new R2dbcBadGrammarException("no such column", "42703")));
    }

    private void waitsFor(RuntimeException failure) {
        effects.failures.put("second", failure);

        CompletableFuture<@Nullable Void> reading =
                work.read(List.of(said(0, "first"), said(1, "second"), said(2, "third")))
                        .toFuture();
        await().until(() -> effects.tries > 8);
        await().until(() -> meters.get("guanjia.journal.waiting.seconds").gauge().value() > 0);
        assertThat(reading.isDone()).isFalse();
        effects.failures.clear();

        await().until(reading::isDone);
        assertThat(effects.had).containsExactly("first", "second", "third");
        assertThat(letters()).isEmpty();
        assertThat(meters.get("guanjia.journal.waiting.seconds").gauge().value()).isZero();
    }

    @Test
    void ourOwnMistakeIsGivenTimeToPass() {
        effects.failures.put("second", new IllegalStateException("not yet"));

        CompletableFuture<@Nullable Void> reading =
                work.read(List.of(said(0, "first"), said(1, "second"))).toFuture();
        await().until(() -> effects.tries > 6);
        assertThat(letters()).isEmpty();
        effects.failures.clear();

        await().atMost(Duration.ofSeconds(20)).until(reading::isDone);
        assertThat(effects.had).containsExactly("first", "second");
    }

    @Test
    void whatWasFiledHasItsEffectOnceItIsReplayedAndCanBeWorkedOn() {
        var failure =
                new DataIntegrityViolationException(
                        "no", new R2dbcDataIntegrityViolationException("no", "22001"));
        effects.failures.put("long words", failure);
        read(said(0, "long words"));
        var letter = letters().getFirst();

        assertThatThrownBy(() -> deadLetters.replay(letter.id()).block()).isSameAs(failure);
        assertThat(letters()).containsExactly(letter);

        effects.failures.clear();
        assertThat(deadLetters.replay(letter.id()).block()).isTrue();
        assertThat(effects.had).containsExactly("long words");
        assertThat(letters()).isEmpty();
        assertThat(deadLetters.replay(letter.id()).block()).isFalse();
    }

    @Test
    void aFewMessagesAreOneTransactionWhoeverSentThem() {
        read(said(0, "Lily", "one"), said(1, "Tom", "two"), said(2, "Ann", "three"));

        assertThat(effects.had).containsExactly("one", "two", "three");
        assertThat(effects.tries).isEqualTo(1);
    }

    @Test
    void manyMessagesAreSharedOutAndEachSenderIsHeardInOrder() {
        var batch =
                IntStream.range(0, 4 * JournalWork.WORTH_A_LANE)
                        .mapToObj(i -> said(i, "sender " + i % 7, i % 7 + " says " + i / 7))
                        .toList();

        work.read(batch).block(Duration.ofSeconds(20));

        assertThat(effects.tries).isEqualTo(2);
        assertThat(effects.had).hasSameSizeAs(batch);
        for (var sender = 0; sender < 7; sender++) {
            var theirs = sender + " says ";
            assertThat(effects.had.stream().filter(words -> words.startsWith(theirs)))
                    .isSortedAccordingTo(
                            Comparator.comparingInt(
                                    words -> Integer.parseInt(words.substring(theirs.length()))));
        }
    }

    private void read(Stored... batch) {
        work.read(Arrays.asList(batch)).block(Duration.ofSeconds(20));
    }

    private List<DeadLetters.DeadLetter> letters() {
        return deadLetters.oldest(10).toStream().toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static Stored said(long offset, String words) {
        return said(offset, "Lily", words);
    }

    private static Stored said(long offset, String sender, String words) {
        var message =
                new InboundMessage(
                        new Address("wechat", "main", sender),
                        words,
                        null,
                        new Content.Text(words),
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        words);
        var value = JsonMapper.shared().writeValueAsBytes(new JournalRecord(message, null));
        return new Stored(0, offset, sender, value);
    }

    /** All or nothing, as a transaction is; fails for the words it is told to fail for. */
    private static final class FakeEffects implements JournalEffects {

        private final Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
        private final List<String> had = new CopyOnWriteArrayList<>();
        private volatile int tries;

        @Override
        public Mono<Void> work(List<JournalRecord> records) {
            return Mono.defer(() -> have(records));
        }

        private synchronized Mono<Void> have(List<JournalRecord> records) {
            tries++;
            var words = records.stream().map(record -> record.inbound().dedupeKey()).toList();
            @Nullable RuntimeException failure =
                    words.stream()
                            .map(failures::get)
                            .filter(each -> each != null)
                            .findFirst()
                            .orElse(null);
            if (failure != null) {
                return Mono.error(failure);
            }
            had.addAll(words);
            return Mono.empty();
        }
    }
}
