package io.guanjia.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.running.Gateway;
import io.guanjia.running.Samples;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;

/** Customers of somebody whose desk is closed. */
final class AbsenceTest {

    private final Gateway gateway = Gateway.shared();
    private final Samples samples = gateway.samples();

    @Test
    void whoWaitsForSomebodyThatHasGoneIsPutBackIntoTheQueue() {
        person("gone", "11 minutes");
        person("back-soon", "9 minutes");
        var longAgo = Instant.now().minus(Duration.ofHours(1));
        var waits = samples.conversation("等", "agent", "gone", longAgo);
        samples.message(waits, "还在吗");
        var answered = samples.conversation("不等", "agent", "gone", longAgo);
        var patient = samples.conversation("再等等", "agent", "back-soon", longAgo);
        samples.message(patient, "还在吗");

        await().atMost(Duration.ofSeconds(40))
                .until(() -> show(waits).get("state").asString().equals("waiting"));

        assertThat(show(waits).get("reason").asString()).isEqualTo("agent-away");
        assertThat(show(waits).at("/changes/0/by/kind").asString()).isEqualTo("system");
        assertThat(show(answered).get("state").asString()).isEqualTo("agent");
        assertThat(show(patient).get("state").asString()).isEqualTo("agent");
    }

    private JsonNode show(String conversation) {
        return gateway.signedIn("zhuguan").get("/api/v1/conversations/" + conversation).json();
    }

    private void person(String username, String lastSeen) {
        samples.sql(
                """
                insert into desk_user (username, name, password_hash, roles, presence, presence_at,
                    created_at)
                values ('%s', 'x', '{bcrypt}x', 'agent', 'online', now() - interval '%s', now())
                """
                        .formatted(username, lastSeen));
    }
}
