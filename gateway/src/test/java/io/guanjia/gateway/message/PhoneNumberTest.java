package io.guanjia.gateway.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumberTest {

    @ParameterizedTest
    @CsvSource({
        "13700000001, +8613700000001",
        "8613700000001, +8613700000001",
        "008613700000001, +8613700000001",
        "+8613700000001, +8613700000001",
        "137 0000-0001, +8613700000001",
        "0085251234567, +85251234567",
        "+85251234567, +85251234567",
        "10086, 10086",
        "106900001234, 106900001234",
    })
    void isOneAndTheSameHoweverItIsWritten(String written, String kept) {
        assertThat(PhoneNumber.e164(written)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "86, 13700000001, +8613700000001",
        "+86, 13700000001, +8613700000001",
        "'', 13700000001, +8613700000001",
        "86, 10086, 10086",
        "852, 51234567, +85251234567",
        "1, 2025550123, +12025550123",
    })
    void mayComeWithItsCountryApart(String nation, String national, String kept) {
        assertThat(PhoneNumber.e164(nation, national)).isEqualTo(kept);
    }

    @Test
    void isWrittenInDigitsWhereAProviderWantsThat() {
        assertThat(PhoneNumber.digits("+8613700000001")).isEqualTo("13700000001");
        assertThat(PhoneNumber.digits("+85251234567")).isEqualTo("85251234567");
        assertThat(PhoneNumber.digits("10086")).isEqualTo("10086");
    }
}
