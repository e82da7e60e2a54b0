package io.guanjia.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.sandbox.wechat.AccountServer.Arrival;
import io.guanjia.sandbox.wechat.AccountServer.Reaction;
import io.guanjia.sandbox.wechat.callback.Answer;
import io.guanjia.sandbox.wechat.callback.CallbackTry;
import io.guanjia.sandbox.wechat.callback.Mode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Duration;

class CallbackTest extends WithDemoAccount {

    @ParameterizedTest
    @EnumSource
    void aMessageAndItsPassiveReplyTravelInEveryMode(Mode mode) {
        server.settings(server.settings().in(mode));
        account.change(server.settings());
        server.replies(message -> "您说的是：" + message.text("Content"));

        var outcome = lilei.says("你好 <&> ]]> 😀");

        assertThat(outcome.acknowledged()).isTrue();
        assertThat(lilei.reads()).containsExactly("您说的是：你好 <&> ]]> 😀");
        assertThat(lilei.sees().getFirst().via()).isEqualTo(Via.PASSIVE);
        var arrival = server.arrivals().getFirst();
        assertThat(arrival.text("ToUserName")).isEqualTo(server.settings().originalId());
        assertThat(arrival.text("FromUserName")).isEqualTo(lilei.openId()).hasSize(28);
        assertThat(arrival.text("CreateTime")).isEqualTo(Long.toString(NOON.getEpochSecond()));
        assertThat(arrival.query())
                .containsEntry("openid", lilei.openId())
                .containsEntry("from", "sandbox");
        assertThat(arrival.query().containsKey("encrypt_type")).isEqualTo(mode != Mode.PLAIN);
        assertThat(arrival.body().contains("你好")).isEqualTo(mode != Mode.SAFE);
    }

    @Test
    void everyStatusButTwoHundredIsTriedAgain() {
        server.reacts(
                message ->
                        new Reaction(
                                server.arrivals().size() == 1 ? 503 : 201,
                                "success",
                                Duration.ZERO));

        var outcome = lilei.says("在吗");

        assertThat(outcome.tries()).extracting(CallbackTry::status).containsExactly(503, 201, 201);
        assertThat(outcome.answer()).isEqualTo(new Answer.Missing());
    }

    @Test
    void successOrNothingIsShownAsNothing() {
        server.answers("success");
        lilei.says("一");
        server.answers("");
        lilei.says("二");

        assertThat(lilei.sees()).isEmpty();
        assertThat(account.counters().snapshot().acknowledged()).isEqualTo(2);
    }

    @Test
    void anAnswerOfAnotherKindIsAFaultAndNotTriedAgain() {
        server.answers("{\"code\":0}");

        var outcome = lilei.says("在吗");

        assertThat(outcome.tries()).hasSize(1);
        assertThat(outcome.answer()).isInstanceOf(Answer.Unacceptable.class);
        assertThat(lilei.reads()).containsExactly(Customer.OUT_OF_ORDER);
    }

    @Test
    void aPlainReplyInSafeModeIsAFault() {
        server.reacts(message -> Reaction.body(server.text(message, "明文")));

        lilei.says("在吗");

        assertThat(lilei.reads()).containsExactly(Customer.OUT_OF_ORDER);
    }

    @Test
    void aReplyMustGoToWhoeverWroteAndFitIntoTwoThousandFortyEightBytes() {
        server.reacts(
                message ->
                        Reaction.body(
                                server.seal(
                                        server.text(message, "x")
                                                .replace(lilei.openId(), "o_somebody_else"))));
        assertThat(lilei.says("一").answer()).isInstanceOf(Answer.Unacceptable.class);

        server.replies(message -> "满".repeat(682) + "xx");
        assertThat(lilei.says("二").answer()).isInstanceOf(Answer.Reply.class);

        server.replies(message -> "满".repeat(682) + "xxx");
        assertThat(lilei.says("三").answer()).isInstanceOf(Answer.Unacceptable.class);
    }

    @Test
    void aMessageTransferredToThePlatformsDeskShowsNothing() {
        server.reacts(message -> Reaction.body(server.seal(handOver(message))));

        assertThat(lilei.says("人工").answer()).isEqualTo(new Answer.HandOver(""));
        assertThat(lilei.sees()).isEmpty();
    }

    private String handOver(Arrival message) {
        return server.reply(message).cdata("MsgType", "transfer_customer_service").toXml();
    }

    @Test
    void failedReportsOfThingsNobodyWaitsForStayInvisible() {
        server.answers("nonsense");

        lilei.unsubscribes();
        lilei.subscribes();

        // The answer to 关注 is waited for, the one to 取消关注 is not.
        assertThat(lilei.reads()).containsExactly(Customer.OUT_OF_ORDER);
    }

    @Test
    void aStrangerHasToFollowBeforeWriting() {
        var stranger = account.stranger("韩梅梅");

        assertThatThrownBy(() -> stranger.says("你好")).isInstanceOf(IllegalStateException.class);

        stranger.scans("branch-7");
        stranger.says("你好");
        stranger.scans("branch-8");
        assertThat(server.arrivals())
                .extracting(a -> a.text("MsgType") + " " + a.text("EventKey"))
                .containsExactly("event qrscene_branch-7", "text ", "event branch-8");
    }

    @Test
    void severalAddressesTakeTurns() {
        try (var second = new AccountServer("demo")) {
            account.change(server.settings().calledBackAt(server.url(), second.url()));

            lilei.says("一");
            lilei.says("二");

            assertThat(server.arrivals()).hasSize(1);
            assertThat(second.arrivals()).hasSize(1);
        }
    }

    @Test
    void theAddressIsVerifiedByItsEcho() {
        assertThat(verified(server.url())).isTrue();
        assertThat(verified(URI.create("http://127.0.0.1:1/nobody"))).isFalse();
    }

    private Boolean verified(URI url) {
        account.change(server.settings().calledBackAt(url));
        return Mono.from(account.verify()).toFuture().join();
    }
}
