package io.guanjia.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.Capabilities.Initiative;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;

import org.junit.jupiter.api.Test;

/** Reply windows: by what they open, how much they let out, when they are over, who may begin. */
abstract class WindowContract extends ErrorContract {

    @Test
    void declaresTheWindowsOfItsPlatform() {
        assertThat(described().windows()).containsExactlyInAnyOrderElementsOf(windows());
    }

    /** A platform that says that a window is closed has windows. */
    @Test
    void declaresWindowsWhereItsPlatformSpeaksOfThem() {
        assertThat(shown().contains(WindowClosed.class))
                .as("a reply window may be closed")
                .isEqualTo(!described().windows().isEmpty());
    }

    @Test
    void playsEveryWindowToItsEnd() {
        for (var rule : described().windows()) {
            var trigger = rule.trigger();
            assertThat(rule.messages()).as("messages after %s", trigger).isPositive();
            assertThat(rule.lifetime()).as("lifetime of %s", trigger).isPositive();
            assertThat(only(opens(trigger)).trigger()).isEqualTo(trigger);

            windowTakes(rule.messages());
            var before = taken();
            for (int message = 1; message <= rule.messages(); message++) {
                assertThat(failure(sample(Kind.TEXT)))
                        .as("message %d after %s", message, trigger)
                        .isNull();
            }
            assertThat(taken()).isEqualTo(before + rule.messages());
            assertThat(failure(sample(Kind.TEXT)))
                    .as("one more after %s", trigger)
                    .isExactlyInstanceOf(WindowClosed.class);

            platformTakes();
            assertThat(failure(sample(Kind.TEXT))).as("after another %s", trigger).isNull();
            windowCloses();
            assertThat(failure(sample(Kind.TEXT)))
                    .as("when the time after %s is over", trigger)
                    .isExactlyInstanceOf(WindowClosed.class);
        }
    }

    /** Without a reply window nothing keeps us from writing first; within one, a form at most. */
    @Test
    void letsUsBeginWhereItDeclaresSo() {
        var initiative = capabilities().initiative();
        if (windows().isEmpty()) {
            assertThat(initiative)
                    .as("who may begin, where no reply window has to be open")
                    .isIn(Initiative.MEMBER, Initiative.CONSENT, Initiative.ANYBODY);
            assertThat(capabilities().sends().keySet())
                    .noneMatch(kind -> channel().route(sample(kind)).usesWindow());
            return;
        }
        assertThat(initiative)
                .as("who may begin, where a reply window has to be open")
                .isIn(Initiative.CUSTOMER, Initiative.APPROVED_FORM);
        assertThat(capabilities().canSend(Kind.TEMPLATE))
                .as("sends forms")
                .isEqualTo(initiative == Initiative.APPROVED_FORM);
        platformTakes();
        windowCloses();
        for (var kind : capabilities().sends().keySet()) {
            var begins = kind == Kind.TEMPLATE;
            assertThat(channel().route(sample(kind)).usesWindow())
                    .as(kind.name())
                    .isEqualTo(!begins);
            var thrown = failure(sample(kind));
            if (begins) {
                assertThat(thrown).as(kind.name()).isNull();
            } else {
                assertThat(thrown).as(kind.name()).isExactlyInstanceOf(WindowClosed.class);
            }
        }
    }
}
