package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeiboErrorTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                10001, 10002, 10003, 10022, 10023, 10024, 21301, 21314, 21315, 21316, 21317, 21327,
                21332
            })
    void knowsTheCodesThatCallForMoreThanGivingUp(int code) {
        assertThat(WeiboError.knows(code)).isTrue();
        assertThat(WeiboError.of(code)).isNotEqualTo(WeiboError.REFUSED);
        assertThat(WeiboError.describe(code)).matches("error_code " + code + " .+");
    }

    @Test
    void refusesForThisMessageAloneWhereItHasNeverHeardOfACode() {
        assertThat(WeiboError.knows(29998)).isFalse();
        assertThat(WeiboError.of(29998)).isEqualTo(WeiboError.REFUSED);
        assertThat(WeiboError.describe(29998)).isEqualTo("error_code 29998");
    }
}
