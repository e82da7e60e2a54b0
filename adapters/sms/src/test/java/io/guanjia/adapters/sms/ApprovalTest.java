package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.sms.Approval.State;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.HealthSign;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class ApprovalTest {

    @Test
    void saysWhatTheReviewHasComeTo() {
        assertThat(look(Approval.ofTemplate(Mono.just(State.APPROVED))))
                .contains(HealthSign.well("template", null));
        assertThat(look(Approval.ofTemplate(Mono.just(State.IN_REVIEW))))
                .contains(HealthSign.ill("template", "in-review"));
        assertThat(look(Approval.ofSignature(Mono.just(State.IN_REVIEW))))
                .contains(HealthSign.ill("signature", "in-review"));
    }

    /** There is one sentence for both. */
    @Test
    void whatIsRejectedIsWhatASendIsRefusedFor() {
        assertThat(look(Approval.ofTemplate(Mono.just(State.REJECTED))))
                .hasValue(SmsFailure.TEMPLATE.sign());
        assertThat(look(Approval.ofSignature(Mono.just(State.REJECTED))))
                .hasValue(SmsFailure.SIGN.sign());
    }

    @Test
    void saysNothingWhereItIsNotTold() {
        for (var silence : List.of(Mono.<State>empty(), Mono.<State>error(new Unavailable("…")))) {
            assertThat(look(Approval.ofTemplate(silence))).isEmpty();
        }
    }

    private static Optional<HealthSign> look(Approval approval) {
        return approval.look().blockOptional(Duration.ofSeconds(10));
    }
}
