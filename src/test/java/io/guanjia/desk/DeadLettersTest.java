package io.guanjia.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Gateway;
import io.guanjia.running.Samples;

import org.junit.jupiter.api.Test;

import java.util.UUID;

final class DeadLettersTest {

    private final Gateway gateway = Gateway.shared();
    private final Samples samples = gateway.samples();

    @Test
    void anAdministratorSeesWhatCouldNotBeReadAndThatItStillCannot() {
        var id = UUID.randomUUID();
        samples.sql(
                """
                insert into dead_letter (id, at, partition, kafka_offset, reason, record)
                values ('%s', now(), 0, 7, 'Undecodable', '\\x7b7d')
                """
                        .formatted(id));
        var admin = gateway.signedIn("admin");

        assertThat(admin.get("/api/v1/dead-letters").json().toString())
                .contains(id.toString(), "Undecodable")
                .doesNotContain("7b7d");
        var replayed = admin.post("/api/v1/dead-letters/" + id + "/replay");
        assertThat(replayed.status()).isEqualTo(409);
        assertThat(replayed.code()).isEqualTo("still-unreadable");
        assertThat(admin.get("/api/v1/dead-letters").body()).contains(id.toString());
    }

    @Test
    void aLetterThatIsNotThereIsNotFound() {
        var admin = gateway.signedIn("admin");

        assertThat(admin.post("/api/v1/dead-letters/" + UUID.randomUUID() + "/replay").status())
                .isEqualTo(404);
    }
}
