package io.guanjia.adapters.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.contract.MigratedDatabase;
import io.guanjia.contract.TestClock;
import io.guanjia.gateway.media.StoredMedia;
import io.guanjia.gateway.message.Address;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

class StoredUploadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Address CUSTOMER = new Address(AppChannel.NAME, "web", "C10086");
    private static final Address OTHER = new Address(AppChannel.NAME, "web", "C10010");
    private static final DatabaseClient DATABASE =
            DatabaseClient.create(MigratedDatabase.create("app_uploads", 4));

    private final TestClock clock = new TestClock(Instant.parse("2026-03-02T09:00:00Z"));
    private final StoredUploads uploads =
            new StoredUploads(
                    DATABASE, id -> Mono.just(new StoredMedia(id, "image/png", 7, null)), clock);
    private final List<UUID> discarded = new ArrayList<>();
    private final UploadSweep sweep =
            new UploadSweep(uploads, file -> Mono.fromRunnable(() -> discarded.add(file)));

    @BeforeEach
    void nothingIsUploaded() {
        execute("delete from media");
    }

    @Test
    void knowsWhatSomebodyUploadedInADay() {
        upload(CUSTOMER, 1000);
        upload(OTHER, 5000);
        clock.advance(Duration.ofHours(23));
        upload(CUSTOMER, 200);
        assertThat(lately(CUSTOMER)).isEqualTo(new Uploads.Used(2, 1200));

        clock.advance(Duration.ofHours(2));

        assertThat(lately(CUSTOMER)).isEqualTo(new Uploads.Used(1, 200));
    }

    @Test
    void whatNobodyEverSentGoesAfterThreeDays() {
        var file = upload(CUSTOMER, 1000);
        clock.advance(Duration.ofHours(71));
        sweep();
        assertThat(discarded).isEmpty();

        clock.advance(Duration.ofHours(2));
        sweep();

        assertThat(discarded).containsExactly(file);
        assertThat(uploads.find(file, CUSTOMER).block(PATIENCE)).isNull();
        assertThat(count("media")).isZero();
    }

    @Test
    void whatAMessageRefersToStays() {
        var sent = upload(CUSTOMER, 1000);
        say(sent);
        clock.advance(Duration.ofDays(30));

        sweep();
        sweep();

        assertThat(discarded).isEmpty();
        assertThat(uploads.find(sent, CUSTOMER).block(PATIENCE)).isNotNull();
    }

    /** Its message may be in the journal still. */
    @Test
    void whatIsBeingSentIsLeftAlone() {
        var file = upload(CUSTOMER, 1000);
        clock.advance(Duration.ofHours(71));
        uploads.find(file, CUSTOMER).block(PATIENCE);
        clock.advance(Duration.ofHours(2));

        sweep();

        assertThat(discarded).isEmpty();
    }

    @Test
    void nobodySendsAnothers() {
        var file = upload(CUSTOMER, 1000);

        assertThat(uploads.find(file, OTHER).block(PATIENCE)).isNull();
    }

    @Test
    void removesHoweverManyThereAre() {
        for (var i = 0; i < 130; i++) {
            upload(CUSTOMER, 10);
        }
        clock.advance(Duration.ofDays(4));

        sweep();

        assertThat(discarded).hasSize(130);
    }

    private UUID upload(Address by, long size) {
        var id = UUID.randomUUID();
        execute(
                """
                insert into media (id, mime_type, size, sha256, created_at)
                values ('%s', 'image/png', %d, '', now())
                """
                        .formatted(id, size));
        uploads.note(new StoredMedia(id, "image/png", size, null), by).block(PATIENCE);
        return id;
    }

    private static void say(UUID file) {
        execute(
                """
                with p as (
                    insert into party (id, channel, account, party, first_seen_at)
                    values (gen_random_uuid(), 'app', 'web', '%1$s', now()) returning id
                ), c as (
                    insert into conversation
                        (id, party_id, channel, account, party, state, since, opened_at, changed_at)
                    select gen_random_uuid(), id, 'app', 'web', '%1$s', 'bot', now(), now(), now()
                    from p returning id, party_id
                )
                insert into message (id, conversation_id, party_id, revision, direction,
                    author_kind, content, sent_at, received_at)
                select gen_random_uuid(), id, party_id, 1, 'in', 'customer',
                    '{"type": "image", "media": {"id": "%1$s"}}', now(), now()
                from c
                """
                        .formatted(file));
    }

    private void sweep() {
        sweep.round().block(PATIENCE);
    }

    private Uploads.Used lately(Address by) {
        return Objects.requireNonNull(uploads.lately(by).block(PATIENCE));
    }

    private static long count(String table) {
        return Objects.requireNonNull(
                DATABASE.sql("select count(*) from " + table)
                        .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                        .one()
                        .block(PATIENCE));
    }

    private static void execute(String sql) {
        DATABASE.sql(sql).then().block(PATIENCE);
    }
}
