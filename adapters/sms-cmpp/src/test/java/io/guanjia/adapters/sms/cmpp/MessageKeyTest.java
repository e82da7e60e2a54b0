package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guanjia.cmpp.protocol.Pdu.Deliver;
import io.guanjia.cmpp.protocol.UserData;

import org.junit.jupiter.api.Test;

import java.util.TreeMap;
import java.util.UUID;

class MessageKeyTest {

    private static final String OURS = "1069012345";

    @Test
    void knowsAMessageThatIsDeliveredAgainOverAnotherLine() {
        assertThat(MessageKey.of(deliver(1, 5, OURS, "balance")))
                .isEqualTo(MessageKey.of(deliver(77, 5, OURS, "balance")));
    }

    /** A gateway has begun to count anew, or another one counts alike. */
    @Test
    void losesNoMessageUnderAnIdThatTheSamePhoneHadBefore() {
        assertThat(MessageKey.of(deliver(1, 5, OURS, "balance")))
                .isNotEqualTo(MessageKey.of(deliver(1, 5, OURS, "TD")))
                .isNotEqualTo(MessageKey.of(deliver(1, 5, OURS + "01", "balance")))
                .isNotEqualTo(MessageKey.of(deliver(1, 6, OURS, "balance")));
    }

    @Test
    void knowsALongMessageByAllOfItsParts() {
        var key = MessageKey.of(message(5, "one ", "two"));

        assertThat(MessageKey.of(message(5, "one ", "two"))).isEqualTo(key);
        assertThat(MessageKey.of(message(5, "one ", "three"))).isNotEqualTo(key);
        assertThat(MessageKey.of(message(5, "one "))).isNotEqualTo(key);
    }

    @Test
    void takesEveryMessageOfAGatewayThatNumbersNothingForANewOne() {
        assertThat(MessageKey.of(deliver(1, 0, OURS, "balance")))
                .isNotEqualTo(MessageKey.of(deliver(1, 0, OURS, "balance")));
    }

    /** Of two parts, as far as they are there. */
    private static LongMessage message(long firstId, String... words) {
        var parts = new TreeMap<Integer, Deliver>();
        for (var i = 0; i < words.length; i++) {
            parts.put(i + 1, deliver(1, firstId + i, OURS, words[i]));
        }
        return new LongMessage(UUID.randomUUID(), "main", 2, parts);
    }

    private static Deliver deliver(int sequence, long id, String destination, String words) {
        return new Deliver(
                sequence,
                id,
                destination,
                "BANK01",
                UserData.plain(0, words.getBytes(US_ASCII)),
                "13900001111",
                0,
                0,
                "");
    }
}
