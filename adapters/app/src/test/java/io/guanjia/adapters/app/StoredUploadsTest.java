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
    void nobodySendsAnothers() {
        var file = upload(CUSTOMER, 1000);

        assertThat(uploads.find(file, OTHER).block(PATIENCE)).isNull();
        assertThat(uploads.find(file, CUSTOMER).block(PATIENCE)).isNotNull();
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

    private Uploads.Used lately(Address by) {
        return Objects.requireNonNull(uploads.lately(by).block(PATIENCE));
    }

    private static void execute(String sql) {
        DATABASE.sql(sql).then().block(PATIENCE);
    }
}
