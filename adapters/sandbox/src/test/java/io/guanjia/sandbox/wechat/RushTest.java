package io.guanjia.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

class RushTest extends WithDemoAccount {

    @Test
    void thousandsOfMessagesAreCountedWithoutBeingKept() throws Exception {
        var end =
                account.rush(new Rush.Plan(4_000, 2_500, 50, "第{n}条", 500))
                        .end()
                        .get(20, TimeUnit.SECONDS);

        assertThat(end.acknowledged()).isEqualTo(2_500);
        assertThat(end.failed()).isZero();
        assertThat(server.arrivals().stream().map(a -> a.text("MsgId")).distinct()).hasSize(2_500);
        assertThat(account.callbacks().all()).hasSize(1_000);
        assertThat(account.callbacks().total()).isEqualTo(2_500);
        assertThat(account.counters().snapshot().acknowledged()).isEqualTo(2_500);
    }

    @Test
    void aRushCanBeStopped() throws Exception {
        var rush = account.rush(new Rush.Plan(100, 100_000, 5, "第{n}条", 10));
        rush.stop();

        assertThat(rush.end().get(10, TimeUnit.SECONDS).ended()).isLessThan(100);
    }
}
