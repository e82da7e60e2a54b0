package io.guanjia.gateway.socket;

import static io.guanjia.gateway.socket.Pulse.Finding.ASK;
import static io.guanjia.gateway.socket.Pulse.Finding.GONE;
import static io.guanjia.gateway.socket.Pulse.Finding.WELL;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class PulseTest {

    /** Near where the clock overflows. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private final Pulse pulse = new Pulse(START);

    @Test
    void whoSaysNothingIsAskedTwiceAndGoneWithinHalfAMinute() {
        var asked = new ArrayList<Integer>();
        var second = 0;
        var finding = WELL;
        while (finding != GONE) {
            second += 2;
            finding = pulse.look(at(second));
            if (finding == ASK) {
                asked.add(second);
            }
        }

        assertThat(asked).hasSize(2);
        assertThat(second - asked.getLast()).as("time left for the last answer").isGreaterThan(2);
        assertThat(Duration.ofSeconds(second).plus(Talk.CLOSED_WITHIN))
                .isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 9, 21})
    void whoAnswersEachTimeStays(int seconds) {
        for (int now = 0; now < 600; now += seconds) {
            pulse.heard(at(now));

            assertThat(pulse.look(at(now + seconds))).isNotEqualTo(GONE);
        }
    }

    @Test
    void whoTalksIsNotAsked() {
        var findings = new ArrayList<Pulse.Finding>();
        for (int now = 0; now < 600; now += 9) {
            pulse.heard(at(now));
            findings.add(pulse.look(at(now + 2)));
        }

        assertThat(findings).containsOnly(WELL);
    }

    @Test
    void oneAnswerThatGetsLostCostsNobodyTheirLine() {
        var findings = new ArrayList<Pulse.Finding>();
        for (int now = 2; now <= 600; now += 2) {
            var finding = pulse.look(at(now));
            findings.add(finding);
            if (finding == ASK && findings.stream().filter(each -> each == ASK).count() % 2 == 0) {
                pulse.heard(at(now + 1));
            }
        }

        assertThat(List.copyOf(findings)).contains(ASK).doesNotContain(GONE);
    }

    private static long at(int second) {
        return START + Duration.ofSeconds(second).toNanos();
    }
}
