package io.guanjia.gateway.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

class RefusalLogTest {

    @Test
    void aStrangerCannotFillTheLogNorHideAnotherReasonOrAccount() {
        var now = new AtomicReference<>(Instant.parse("2026-11-21T08:00:00Z"));
        InstantSource source = now::get;
        var log = new RefusalLog(source.withZone(ZoneOffset.UTC));

        assertThat(log.refused(403, "wechat", "main", "signature")).isTrue();
        for (int i = 0; i < 1000; i++) {
            assertThat(log.refused(403, "wechat", "main", "signature")).isFalse();
        }
        assertThat(log.refused(503, "wechat", "main", "journal")).isTrue();
        assertThat(log.refused(403, "wechat", "second", "signature")).isTrue();

        now.updateAndGet(before -> before.plusSeconds(60));
        assertThat(log.refused(403, "wechat", "main", "signature")).isTrue();
    }
}
