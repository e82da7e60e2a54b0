package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.adapters.sms.line.LineThreads;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import reactor.blockhound.BlockHound;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Lines run on event loops, where one blocking call holds up every message. */
class NothingBlocksTest {

    @BeforeAll
    static void watch() {
        BlockHound.builder()
                .loadIntegrations()
                // The stand-in lives in this JVM too: a read of random bytes waits for nobody.
                .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .install();
    }

    @Test
    void noticesABlockingCall() {
        var loops = LineThreads.group("test");
        try {
            assertThatThrownBy(
                            () ->
                                    loops.submit(
                                                    () -> {
                                                        Thread.sleep(1);
                                                        return "slept";
                                                    })
                                            .get(20, TimeUnit.SECONDS))
                    .hasStackTraceContaining("Blocking call");
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void goesBothWaysWithoutBlocking() {
        try (var bank = Bank.open(Map.of("response-timeout", "2s", "assemble-within", "3s"))) {
            assertThat(bank.send("13900001111", "您好，您的账单已出。".repeat(20))).isNotNull();
            assertThat(bank.carrier.phone("13900001111").says("查询余额".repeat(30)).join())
                    .isEqualTo("acknowledged");
            bank.intake.await(all -> !all.receipts().isEmpty() && !all.messages().isEmpty());
        }
    }
}
