package io.guanjia.sandbox.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.sandbox.http.Json;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

class MessageLogTest {

    private static final Clock FIRST_RUN =
            Clock.fixed(Instant.parse("2026-03-02T08:00:00Z"), ZoneOffset.UTC);

    @Test
    void aCursorOfAnEarlierRunIsBeforeEverythingInThisOne() {
        var before = new MessageLog(FIRST_RUN);
        for (var i = 0; i < 20; i++) {
            before.add(Json.object());
        }
        var cursor = before.page("", "", 100).nextCursor();

        var after = new MessageLog(Clock.offset(FIRST_RUN, Duration.ofMinutes(1)));
        after.add(Json.object());

        assertThat(after.page(cursor, "", 100).items()).hasSize(1);
    }
}
