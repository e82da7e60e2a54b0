package io.guanjia.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.wechat.AccountSettings;
import io.guanjia.sandbox.wechat.Seen;
import io.guanjia.sandbox.wechat.Via;
import io.guanjia.sandbox.wechat.callback.CallbackTry;
import io.guanjia.sandbox.wechat.message.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An answer in time goes back in the response; a late one follows or is picked up by the platform's
 * next try. The customer never reads that the service is out of order, and never gets it twice.
 */
class FiveSecondRuleTest {

    @TempDir Path folder;

    @Test
    void aLateAnswerFollowsByItselfAndTheCallbackIsAcknowledgedAtOnce() {
        try (var spine = Spine.start(folder)) {
            var liLei = spine.wechat().customer("李雷");
            liLei.says("你好");
            liLei.awaitSees(1);

            holdPostgresFor(Duration.ofSeconds(3));
            var outcome = liLei.says("怎么还信用卡");

            assertThat(outcome.acknowledged()).isTrue();
            assertThat(outcome.tries()).hasSize(1);
            var answer = liLei.awaitSees(2, Duration.ofSeconds(20)).getLast();
            assertThat(answer.words()).contains("还款");
            assertThat(answer.via()).isEqualTo(Via.SERVICE);
            spine.settled();
            assertThat(liLei.sees()).hasSize(2);
        }
    }

    @Test
    void withoutLeaveToPushTheNextTryPicksTheAnswerUp() throws Exception {
        try (var spine = onlyAnswering()) {
            var liLei = spine.wechat().customer("李雷");
            liLei.says("你好");
            liLei.awaitSees(1);

            holdPostgresFor(Duration.ofSeconds(6));
            var outcome = liLei.starts(new Message.Text("怎么还信用卡")).get(30, TimeUnit.SECONDS);

            assertThat(outcome.tries()).hasSizeBetween(2, 3);
            assertThat(liLei.sees()).hasSize(2);
            assertThat(liLei.sees().getLast().via()).isEqualTo(Via.PASSIVE);
            assertThat(liLei.sees().getLast().words()).contains("还款");
        }
    }

    @Test
    void theNextTryPicksTheAnswerUpOnWhicheverNodeItLands() throws Exception {
        try (var spine = onlyAnswering().withAnotherNode()) {
            lateAnswerIsPickedUpOnce(spine);
        }
    }

    @Test
    void theNextTryPicksTheAnswerUpOnAnotherNodeWithRedisGone() throws Exception {
        try (var spine = onlyAnswering().withAnotherNode()) {
            EmbeddedServers.shared().redis().kill();
            lateAnswerIsPickedUpOnce(spine);
        } finally {
            EmbeddedServers.shared().redis().start();
        }
    }

    @Test
    void withRedisGoneTheLastTryIsAcknowledgedAlthoughNoNodeSawThemAll() throws Exception {
        try (var spine = onlyAnswering().withAnotherNode()) {
            var liLei = spine.wechat().customer("李雷");
            liLei.says("你好");
            liLei.awaitSees(1);
            EmbeddedServers.shared().redis().kill();

            holdPostgresFor(Duration.ofSeconds(16));
            var outcome = liLei.starts(new Message.Text("怎么还信用卡")).get(30, TimeUnit.SECONDS);

            assertThat(outcome.tries()).hasSize(3);
            assertThat(outcome.acknowledged()).isTrue();
            assertThat(liLei.sees()).extracting(Seen::via).doesNotContain(Via.PLATFORM);
        } finally {
            EmbeddedServers.shared().redis().start();
        }
    }

    @Test
    void aCallbackThatComesToBothNodesIsAnsweredInOneResponse() {
        try (var spine = onlyAnswering().withAnotherNode()) {
            var nodes = spine.callbackAddresses();
            spine.wechat()
                    .faults()
                    .add(Fault.always(Fault.CALLBACKS, new Effect.Duplicate(2, nodes)));

            for (int i = 0; i < 5; i++) {
                var customer = spine.wechat().customer("顾客" + i);
                customer.says("怎么还信用卡");
                customer.awaitSees(1);
                spine.settled();
                assertThat(customer.sees()).hasSize(1);
            }
        }
    }

    /** The first try runs out before there is an answer; the next one is another node's. */
    private static void lateAnswerIsPickedUpOnce(Spine spine) throws Exception {
        var liLei = spine.wechat().customer("李雷");
        liLei.says("你好");
        liLei.awaitSees(1);

        holdPostgresFor(Duration.ofSeconds(6));
        var outcome = liLei.starts(new Message.Text("怎么还信用卡")).get(30, TimeUnit.SECONDS);

        assertThat(outcome.tries()).hasSizeBetween(2, 3);
        assertThat(outcome.tries().stream().map(CallbackTry::url).distinct()).hasSize(2);
        assertThat(liLei.sees()).hasSize(2);
        assertThat(liLei.sees().getLast().via()).isEqualTo(Via.PASSIVE);
        assertThat(liLei.sees().getLast().words()).contains("还款");
    }

    @Test
    void withoutLeaveToPushAPersonsWordsWaitForTheCustomersNext() {
        try (var spine = onlyAnswering()) {
            var liLei = spine.wechat().customer("李雷");
            var desk = spine.desk();
            liLei.says("转人工");
            liLei.awaitSees(1);
            var id = await().until(() -> waiting(desk), Optional::isPresent).orElseThrow();
            desk.take(id);

            desk.reply(id, "您好，我是小李。");
            desk.reply(id, "请问是哪一笔？");
            assertThat(desk.messages(id).getLast().get("delivery").get("state").asString())
                    .isEqualTo("held");

            liLei.says("在吗");

            assertThat(liLei.awaitSees(2).getLast())
                    .satisfies(
                            seen -> {
                                assertThat(seen.via()).isEqualTo(Via.PASSIVE);
                                assertThat(seen.words()).contains("您好，我是小李。", "请问是哪一笔？");
                            });
            assertThat(liLei.sees()).extracting(Seen::via).doesNotContain(Via.PLATFORM);
        }
    }

    private Spine onlyAnswering() {
        return Spine.start(
                folder,
                AccountSettings::withoutCustomerService,
                Map.of("guanjia.channels.wechat.accounts[0].customer-service-messages", "false"));
    }

    private static Optional<String> waiting(DeskClient desk) {
        return desk.conversations("queue").stream().map(c -> c.get("id").asString()).findFirst();
    }

    private static void holdPostgresFor(Duration time) {
        var postgres = EmbeddedServers.shared().postgres();
        postgres.pause();
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(postgres::resume);
    }
}
