package io.guanjia.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.sandbox.wechat.AccountServer.Reaction;
import io.guanjia.sandbox.wechat.callback.CallbackPace;
import io.guanjia.sandbox.wechat.callback.CallbackTry;
import io.guanjia.sandbox.wechat.callback.CallbackTry.Result;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Servers that take too long. The five seconds are one here. */
class LateAnswerTest extends WithDemoAccount {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @Override
    CallbackPace pace() {
        return CallbackPace.every(TIMEOUT);
    }

    @Test
    void aSlowServerIsTriedThreeTimesWithTheSameMessageAndNewSignatures() {
        server.reacts(message -> new Reaction(200, "success", TIMEOUT.multipliedBy(2)));

        var outcome = lilei.says("在吗");

        assertThat(outcome.tries()).extracting(CallbackTry::result).containsOnly(Result.TIMED_OUT);
        assertThat(outcome.tries()).hasSize(3);
        assertThat(server.arrivals()).extracting(a -> a.text("MsgId")).hasSize(3);
        assertThat(server.arrivals().stream().map(a -> a.text("MsgId")).distinct()).hasSize(1);
        assertThat(server.arrivals().stream().map(a -> a.query().get("nonce")).distinct())
                .hasSize(3);
        assertThat(lilei.reads()).containsExactly("该公众号提供的服务出现故障，请稍后再试");
    }

    @Test
    void theThirdTryCanStillBeAnswered() {
        server.reacts(
                message ->
                        server.arrivals().size() < 3
                                ? new Reaction(200, "success", TIMEOUT.multipliedBy(2))
                                : Reaction.body(server.seal(server.text(message, "来了"))));

        var outcome = lilei.says("在吗");

        assertThat(outcome.tries()).hasSize(3);
        assertThat(lilei.reads()).containsExactly("来了");
    }

    @Test
    void triesBeginAtLeastFiveSecondsApartHoweverFastTheyFail() {
        server.close();
        long before = System.nanoTime();

        var outcome = lilei.says("在吗");

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThan(TIMEOUT.multipliedBy(2));
        assertThat(outcome.tries())
                .extracting(CallbackTry::result)
                .containsExactly(Result.UNREACHABLE, Result.UNREACHABLE, Result.UNREACHABLE);
    }
}
