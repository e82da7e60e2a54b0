package io.guanjia.weixin.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTest {

    @Test
    void isTheSha1OfTheSortedParts() {
        // SHA-1 of "abc", from FIPS 180.
        assertThat(Signature.of("c", "a", "b"))
                .isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
    }

    @Test
    void matchesOnlyItself() {
        var right = Signature.of("token", "1700000000", "n");
        var wrong = right.substring(1) + (right.endsWith("0") ? "1" : "0");

        assertThat(Signature.matches(right, "token", "1700000000", "n")).isTrue();
        assertThat(Signature.matches(wrong, "token", "1700000000", "n")).isFalse();
        assertThat(Signature.matches(right, "token", "1700000001", "n")).isFalse();
        assertThat(Signature.matches("", "token", "1700000000", "n")).isFalse();
    }

    @Test
    void neverMatchesWhenSomethingIsMissing() {
        assertThat(Signature.matches(null, "token", "1700000000", "n")).isFalse();
        assertThat(Signature.matches(Signature.of("token", "n"), "token", null, "n")).isFalse();
    }
}
