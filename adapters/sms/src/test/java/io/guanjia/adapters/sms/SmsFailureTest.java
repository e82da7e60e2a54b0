package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.HealthSign;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

class SmsFailureTest {

    /** 22:30:15 in China. */
    private static final Instant LATE = Instant.parse("2026-03-31T14:30:15Z");

    @ParameterizedTest
    @CsvSource({
        "REST_HALF_MINUTE, PT30S",
        "REST_MINUTE, PT45S",
        "REST_HOUR, PT29M45S",
        "NIGHT, PT9H29M45S",
    })
    void oneNumbersLimitHoldsUpNobodyElse(SmsFailure failure, Duration pause) {
        var thrown = failure.toException("code", "send-text", true, LATE);

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> {
                            assertThat(throttled.isAlone()).isTrue();
                            assertThat(throttled.retryAfter()).isEqualTo(pause);
                        });
    }

    @Test
    void callingTooOftenHoldsUpEverybody() {
        assertThat(SmsFailure.TOO_FAST.toException("code", "send-text", true, LATE))
                .isInstanceOfSatisfying(
                        Throttled.class, throttled -> assertThat(throttled.isAlone()).isFalse());
    }

    @Test
    void aMessagesOwnTemplateIsThatMessagesFault() {
        assertThat(SmsFailure.TEMPLATE.toException("code", "send-template", false, LATE))
                .isInstanceOf(Refused.class);
        assertThat(blocked(SmsFailure.TEMPLATE).api()).isEqualTo("send-text");
    }

    @Test
    void quotasStartAfreshByTheChineseCalendar() {
        assertThat(blocked(SmsFailure.DAY_QUOTA).until())
                .isEqualTo(Instant.parse("2026-03-31T16:00:00Z"));
        assertThat(blocked(SmsFailure.MONTH_QUOTA).until())
                .isEqualTo(Instant.parse("2026-03-31T16:00:00Z"));
        assertThat(blocked(SmsFailure.BALANCE).until()).isNull();
        assertThat(blocked(SmsFailure.BALANCE).api()).isNull();
    }

    @Test
    void whatSomebodyHasToMendIsASignOfIllHealthUntilAMessageIsTaken() {
        var complaints = new Complaints();
        complaints.heard(SmsFailure.SIGN);
        complaints.heard(SmsFailure.REFUSED);

        assertThat(complaints.signs()).containsExactly(HealthSign.ill("signature", "rejected"));
        complaints.none();
        assertThat(complaints.signs()).isEmpty();
    }

    private static Blocked blocked(SmsFailure failure) {
        DeliveryException thrown = failure.toException("code", "send-text", true, LATE);
        assertThat(thrown).isInstanceOf(Blocked.class);
        return (Blocked) thrown;
    }
}
