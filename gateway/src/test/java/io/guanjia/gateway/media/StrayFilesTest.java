package io.guanjia.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.outbound.TestClock;
import io.guanjia.gateway.outbound.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

class StrayFilesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder = Path.of("");
    private final TestDatabase database = new TestDatabase();
    private final TestClock clock = new TestClock();
    private final Ids ids = Ids.timeOrdered();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatNobodyEverSentGoesAfterThreeDays() {
        var upload = save("流水");
        clock.advance(Duration.ofHours(71));
        sweep();
        assertThat(there(upload)).isTrue();

        clock.advance(Duration.ofHours(2));
        sweep();

        assertThat(there(upload)).isFalse();
        assertThat(files()).isEmpty();
    }

    @Test
    void whatAMessageRefersToStays() {
        var picture = save("照片");
        var still = save("封面");
        say("{\"type\": \"image\", \"media\": {\"id\": \"%s\"}}".formatted(picture.id()));
        say(
                """
                {"type": "video", "media": {"platformId": "m1"}, "thumbnail": {"id": "%s"}}
                """
                        .formatted(still.id()));
        clock.advance(Duration.ofDays(30));

        sweep();
        sweep();

        assertThat(there(picture)).isTrue();
        assertThat(there(still)).isTrue();
        assertThat(files()).hasSize(2);
    }

    /** Its message may be in the journal still. */
    @Test
    void whatSomebodyIsAboutToSendIsLeftAlone() {
        var upload = save("流水");
        clock.advance(Duration.ofHours(71));
        folder().findToSend(upload.id()).block(PATIENCE);
        clock.advance(Duration.ofHours(2));

        sweep();

        assertThat(there(upload)).isTrue();
    }

    @Test
    void whatAMessageRefersToThatWaitsToBeReplayedStays() {
        var upload = save("流水");
        var other = save("别的");
        database.client
                .sql(
                        """
                        insert into dead_letter (id, at, partition, kafka_offset, reason, record)
                        values ($1, $2, 0, 0, 'test', convert_to($3, 'UTF8'))
                        """)
                .bind(0, ids.next())
                .bind(1, clock.instant())
                .bind(2, "{\"content\":{\"media\":{\"id\":\"" + upload.id() + "\"}}}")
                .then()
                .block(PATIENCE);
        clock.advance(Duration.ofDays(30));

        sweep();

        assertThat(there(upload)).isTrue();
        assertThat(there(other)).isFalse();
    }

    @Test
    void bytesThatAnotherFileSharesStay() {
        var first = save("同一张图");
        var second = save("同一张图");
        say("{\"type\": \"image\", \"media\": {\"id\": \"%s\"}}".formatted(second.id()));
        clock.advance(Duration.ofDays(4));

        sweep();

        assertThat(there(first)).isFalse();
        assertThat(there(second)).isTrue();
        assertThat(files()).hasSize(1);

        var third = save("同一张图");
        assertThat(files()).hasSize(1);
        assertThat(third.keptAs()).isEqualTo(first.id());
    }

    @Test
    void sharedBytesGoWithTheLastOfTheirFiles() {
        save("同一张图");
        clock.advance(Duration.ofDays(2));
        save("同一张图");
        clock.advance(Duration.ofDays(2));
        sweep();
        assertThat(files()).hasSize(1);

        clock.advance(Duration.ofDays(2));
        sweep();

        assertThat(files()).isEmpty();
    }

    @Test
    void keepsForAsLongAsALinkToItIsGood() {
        var file = save("只以链接发出的文件");
        clock.advance(Duration.ofDays(4));

        stray(Duration.ofDays(7)).round().block(PATIENCE);
        assertThat(there(file)).isTrue();

        clock.advance(Duration.ofDays(7));
        stray(Duration.ofDays(7)).round().block(PATIENCE);
        assertThat(there(file)).isFalse();
    }

    @Test
    void removesHoweverManyThereAre() {
        for (var i = 0; i < 130; i++) {
            save("第 %d 个".formatted(i));
        }
        clock.advance(Duration.ofDays(4));

        sweep();

        assertThat(files()).isEmpty();
    }

    private void sweep() {
        stray(Duration.ZERO).round().block(PATIENCE);
    }

    private StrayFiles stray(Duration linkLife) {
        return new StrayFiles(database.client, shelf(), linkLife, clock);
    }

    private StoredMedia save(String words) {
        DataBuffer bytes =
                DefaultDataBufferFactory.sharedInstance.wrap(
                        words.getBytes(StandardCharsets.UTF_8));
        return Objects.requireNonNull(
                folder().save(Flux.just(bytes), "text/plain", "a.txt", 1000).block(PATIENCE));
    }

    private boolean there(StoredMedia file) {
        return Boolean.TRUE.equals(folder().find(file.id()).hasElement().block(PATIENCE));
    }

    private FolderShelf shelf() {
        return new FolderShelf(folder, Schedulers.boundedElastic());
    }

    private MediaFolder folder() {
        var settings =
                new MediaSettings(
                        folder,
                        DataSize.ofMegabytes(1),
                        Set.of("text/plain"),
                        List.of(),
                        null,
                        null,
                        Duration.ofHours(72),
                        null,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1));
        return new MediaFolder(
                database.client, shelf(), settings, ids, clock, Schedulers.boundedElastic());
    }

    private void say(String content) {
        database.client
                .sql(
                        """
                        with p as (
                            insert into party (id, channel, account, party, first_seen_at)
                            values ($1, 'fake', 'demo', $1::text, now()) returning id
                        ), c as (
                            insert into conversation (id, party_id, channel, account, party, state,
                                since, opened_at, changed_at)
                            select gen_random_uuid(), id, 'fake', 'demo', id::text, 'bot', now(),
                                now(), now()
                            from p returning id, party_id
                        )
                        insert into message (id, conversation_id, party_id, revision, direction,
                            author_kind, content, sent_at, received_at)
                        select gen_random_uuid(), id, party_id, 1, 'in', 'customer', $2::jsonb,
                            now(), now()
                        from c
                        """)
                .bind(0, UUID.randomUUID())
                .bind(1, content)
                .then()
                .block(PATIENCE);
    }

    private List<Path> files() {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
