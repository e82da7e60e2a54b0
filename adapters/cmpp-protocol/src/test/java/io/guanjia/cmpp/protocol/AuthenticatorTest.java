package io.guanjia.cmpp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HexFormat;

/** Against digests that gocmpp and openssl computed. */
class AuthenticatorTest {

    private static final byte[] SOURCE = hex("90d00c1d517abd0b4f65f6bcf8535d16");

    @Test
    void provesThatTheClientKnowsTheSecret() {
        assertThat(Authenticator.ofSource("900001", "888888", 1021080510)).isEqualTo(SOURCE);
    }

    @Test
    void provesThatTheGatewayKnowsIt() {
        assertThat(Authenticator.ofGateway(0, SOURCE, "888888", Version.V2_0))
                .isEqualTo(hex("6c0b846e25bab6daa4ed1c466e0f4bd8"));
        assertThat(Authenticator.ofGateway(0, SOURCE, "888888", Version.V3_0))
                .isEqualTo(hex("7942977274098cf210ab0c16c367bc8d"));
    }

    @Test
    void countsTimeInChina() {
        assertThat(Authenticator.timestamp(Instant.parse("2026-03-02T18:30:15Z")))
                .isEqualTo(303023015);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
