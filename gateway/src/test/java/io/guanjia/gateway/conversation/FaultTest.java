package io.guanjia.gateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.guanjia.gateway.outbound.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Base64;
import java.util.Random;

/** As PostgreSQL itself puts it. */
class FaultTest {

    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aSenderWhoseNameIsTooLongForAnIndexIsTheRecordsFault() {
        var name = new byte[6_000];
        new Random(1).nextBytes(name);

        assertThat(Fault.of(meeting(Base64.getEncoder().encodeToString(name))))
                .isEqualTo(Fault.RECORD);
    }

    @Test
    void aNameThatNoTextCanHoldIsTheRecordsFault() {
        assertThat(Fault.of(meeting("\0"))).isEqualTo(Fault.RECORD);
    }

    private Throwable meeting(String name) {
        return catchThrowable(
                () ->
                        database.client
                                .sql(
                                        """
                                        insert into party (id, channel, account, party, first_seen_at)
                                        values (gen_random_uuid(), 'fake', 'demo', :name, now())
                                        """)
                                .bind("name", name)
                                .then()
                                .block(Duration.ofSeconds(20)));
    }
}
