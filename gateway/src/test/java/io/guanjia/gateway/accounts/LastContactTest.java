package io.guanjia.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.outbound.TestClock;
import io.guanjia.gateway.outbound.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Objects;

class LastContactTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AccountId MAIN = new AccountId("carrier", "main");

    private final TestDatabase database = new TestDatabase();
    private final TestClock clock = new TestClock();
    private final LastContact here = new LastContact(database.client, clock);
    private final LastContact there = new LastContact(database.client, clock);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void isKnownHereAtOnceAndThereOnceWrittenDown() {
        here.heard("carrier", "main");

        assertThat(main(here).heardAt()).isEqualTo(clock.instant());
        assertThat(main(here).reachedAt()).isNull();
        assertThat(main(there)).isEqualTo(Contact.NONE);

        here.flush().block(PATIENCE);
        assertThat(main(there).heardAt()).isEqualTo(clock.instant());
    }

    @Test
    void isTheLatestOfAllNodes() {
        there.heard("carrier", "main");
        clock.advance(Duration.ofSeconds(5));
        here.heard("carrier", "main");
        clock.advance(Duration.ofSeconds(5));
        there.reached("carrier", "main");
        here.flush().block(PATIENCE);
        there.flush().block(PATIENCE);

        var fresh = new LastContact(database.client, clock);
        assertThat(main(fresh))
                .isEqualTo(new Contact(clock.instant().minusSeconds(5), clock.instant()));
    }

    private static Contact main(LastContact node) {
        return Objects.requireNonNull(node.all().block(PATIENCE)).getOrDefault(MAIN, Contact.NONE);
    }
}
