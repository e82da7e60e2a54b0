package io.guanjia.sandbox.wechat;

import static io.guanjia.sandbox.fault.Fault.CALLBACKS;
import static io.guanjia.sandbox.fault.Fault.EVERY_API;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.wechat.callback.Answer;
import io.guanjia.sandbox.wechat.message.Message;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

class FaultTest extends WithDemoAccount {

    private static final String SEND = "message/custom/send";

    private String token = "";

    @BeforeEach
    void openWindow() {
        lilei.says("你好");
        token = client.goodToken();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 40001, 45009, 45011, 48004, 99999})
    void anyErrorCodeCanBeAnsweredInstead(int code) {
        fault(Fault.next(1, SEND, new Effect.ErrorCode(code)));

        assertThat(send("一")).isEqualTo(code);
        assertThat(send("二")).isZero();
        assertThat(lilei.reads()).containsExactly("二");
        assertThat(account.faults().active()).isEmpty();
    }

    @Test
    void aServerErrorHasNoEffect() {
        fault(Fault.next(1, EVERY_API, new Effect.Status(502)));

        assertThat(rawSend().statusCode()).isEqualTo(502);
        assertThat(lilei.sees()).isEmpty();
        assertThat(account.calls().all().getLast().status()).isEqualTo(502);
    }

    @Test
    void aDroppedMessageIsAcceptedCountedAndNeverShown() {
        fault(Fault.next(1, SEND, new Effect.SilentDrop()));

        assertThat(send("一")).isZero();
        assertThat(lilei.sees()).isEmpty();
        assertThat(lilei.allowance()).isEqualTo(4);
    }

    @Test
    void aDelayedCallIsAnsweredLate() {
        fault(Fault.next(1, SEND, new Effect.Delay(Duration.ofMillis(200))));

        assertThat(send("一")).isZero();
        assertThat(account.calls().all().getLast().latency())
                .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aHangingCallIsNeverAnswered() {
        fault(Fault.next(1, SEND, new Effect.Hang(false)));

        var impatient =
                new AccountClient(
                        sandbox.wechatApiBase(), server.settings(), Duration.ofMillis(300));
        assertThatThrownBy(() -> rawSend(impatient)).hasCauseInstanceOf(HttpTimeoutException.class);
        assertThat(lilei.sees()).isEmpty();
    }

    @Test
    void aClosedConnectionMayHideThatTheMessageArrived() {
        fault(Fault.next(1, SEND, new Effect.Close(false)));
        assertThatThrownBy(this::rawSend).hasCauseInstanceOf(IOException.class);
        assertThat(lilei.sees()).isEmpty();

        fault(Fault.next(1, SEND, new Effect.Close(true)));
        assertThatThrownBy(this::rawSend).hasCauseInstanceOf(IOException.class);
        assertThat(lilei.reads()).containsExactly("好");
    }

    @Test
    void oneApiCanFailWhileTheOthersWork() {
        fault(Fault.always(SEND, new Effect.Status(500)));

        assertThat(code(client.get("getcallbackip?access_token=" + token))).isZero();
    }

    @Test
    void tokenCallsCanFailToo() {
        fault(Fault.next(1, "stable_token", new Effect.ErrorCode(-1)));

        assertThat(code(client.stableToken(false))).isEqualTo(-1);
        assertThat(code(client.stableToken(false))).isZero();
    }

    @Test
    void aDuplicatedCallbackArrivesSeveralTimesOnSeveralNodes() {
        try (var second = new AccountServer("demo")) {
            fault(Fault.next(1, CALLBACKS, new Effect.Duplicate(2, List.of(second.url()))));

            lilei.says("只说一次");

            assertThat(server.arrivals()).hasSize(2);
            assertThat(second.arrivals()).hasSize(2);
            assertThat(second.arrivals().getFirst().text("MsgId"))
                    .isEqualTo(server.arrivals().getLast().text("MsgId"));
            assertThat(account.counters().snapshot().offered()).isEqualTo(2);
        }
    }

    @Test
    void callbacksCanOvertakeEachOther() {
        fault(Fault.always(CALLBACKS, new Effect.Reorder(5, Duration.ofSeconds(5))));

        var all =
                IntStream.rangeClosed(1, 5)
                        .mapToObj(n -> lilei.starts(new Message.Text("第" + n)))
                        .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();

        assertThat(words())
                .containsExactlyInAnyOrder("第1", "第2", "第3", "第4", "第5")
                .isNotEqualTo(List.of("第1", "第2", "第3", "第4", "第5"));
    }

    @Test
    void heldBackCallbacksGoAnywayWhenPatienceEnds() {
        fault(Fault.next(1, CALLBACKS, new Effect.Reorder(5, Duration.ofMillis(50))));

        assertThat(lilei.says("一个人").acknowledged()).isTrue();
        assertThat(words()).containsExactly("一个人");
    }

    @Test
    void aLostCallbackNeverArrives() {
        fault(Fault.next(1, CALLBACKS, new Effect.Lose()));

        assertThat(lilei.says("听见了吗").answer()).isEqualTo(new Answer.NotSent());
        assertThat(words()).isEmpty();
        assertThat(lilei.chat().all()).hasSize(2);
    }

    @Test
    void randomFaultsStrikeTheSameWayForTheSameSeed() {
        assertThat(strikes(7)).isEqualTo(strikes(7)).isNotEqualTo(strikes(8));
        assertThat(strikes(7).stream().filter(struck -> struck).count()).isBetween(200L, 400L);
    }

    private static List<Boolean> strikes(long seed) {
        var faults = new Faults(seed);
        faults.add(Fault.sometimes(0.3, SEND, new Effect.ErrorCode(-1)));
        return IntStream.range(0, 1000).mapToObj(n -> !faults.strike(SEND).isEmpty()).toList();
    }

    private void fault(Fault fault) {
        account.faults().add(fault);
    }

    /** What arrived after the greeting. */
    private List<String> words() {
        return server.arrivals().stream().skip(1).map(a -> a.text("Content")).toList();
    }

    private int send(String content) {
        return code(
                client.post(
                        SEND + "?access_token=" + token,
                        AccountClient.textMessage(lilei.openId(), content)));
    }

    private HttpResponse<String> rawSend() {
        return rawSend(client);
    }

    private HttpResponse<String> rawSend(AccountClient through) {
        return through.rawPost(
                SEND + "?access_token=" + token, AccountClient.textMessage(lilei.openId(), "好"));
    }
}
