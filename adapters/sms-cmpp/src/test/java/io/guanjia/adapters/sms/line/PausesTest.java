package io.guanjia.adapters.sms.line;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Random;

class PausesTest {

    private final Pauses pauses =
            new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(7));

    @Test
    void doublesUpToALimitAndNeverTheSame() {
        for (long expected : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            assertThat(pauses.next())
                    .isBetween(
                            Duration.ofMillis(expected * 750), Duration.ofMillis(expected * 1250));
        }
        assertThat(pauses.next()).isNotEqualTo(pauses.next());
    }

    @Test
    void beginsAnewWhereALineHasHeld() {
        pauses.next();
        pauses.next();
        pauses.beginAnew();

        assertThat(pauses.next()).isLessThan(Duration.ofMillis(1251));
    }
}
