package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorTableTest {

    private final ErrorTable table =
            ErrorTable.of(
                    """
                    BUSY Internal* failed inside
                    REFUSED InternalContent not allowed
                    """);

    @Test
    void findsTheLineThatFitsBest() {
        assertThat(table.find("InternalContent").failure()).isEqualTo(SmsFailure.REFUSED);
        assertThat(table.find("Internal.Timeout").failure()).isEqualTo(SmsFailure.BUSY);
        assertThat(table.find("Internal.Timeout").reason())
                .isEqualTo("Internal.Timeout failed inside");
    }

    @Test
    void refusesWhatNobodyHasHeardOfAndShowsOnlyACode() {
        assertThat(table.find("isv.NEW").reason()).isEqualTo("isv.NEW");
        assertThat(table.find("isv.NEW").failure()).isEqualTo(SmsFailure.REFUSED);
        assertThat(table.find("13700000001 的短信被拒").reason()).isEqualTo("unreadable code");
    }
}
