package io.guanjia.adapters.wecom.kf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.OneTimeCodes.Code;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Trigger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

class KfSyncTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant AT = Kit.NOW.minusSeconds(10);

    private final FakeKf platform = new FakeKf();
    private final Kit kit = new Kit(platform, Map.of("sync-every", "200ms"));

    @AfterEach
    void end() {
        kit.close();
        platform.close();
    }

    @Test
    void fetchesWhatIsThereAtTheStartWithoutAnyCallback() {
        platform.has(FakeKf.text("m1", "在吗", AT));

        kit.channel.sync().start();

        assertThat(words(kit.journal.next(1))).containsExactly("在吗");
    }

    @Test
    void readsAllPagesInOrderAndGivesTheCallbacksToken() {
        kit.channel.sync().start();
        awaitEnds(1);
        platform.pagesOf(2);
        for (int i = 0; i < 5; i++) {
            platform.has(FakeKf.text("m" + i, "第" + i + "句", AT));
        }

        kit.channel.read(FakeKf.news("CALLBACK-TOKEN")).block(Kit.PATIENCE);

        assertThat(words(kit.journal.next(5))).containsExactly("第0句", "第1句", "第2句", "第3句", "第4句");
        awaitCursor("c5");
        assertThat(platform.syncs())
                .filteredOn(sync -> sync.json().has("token"))
                .isNotEmpty()
                .allSatisfy(
                        sync -> {
                            assertThat(sync.json().path("token").asString())
                                    .isEqualTo("CALLBACK-TOKEN");
                            assertThat(sync.json().path("limit").asInt()).isEqualTo(1000);
                            assertThat(sync.json().path("open_kfid").asString())
                                    .isEqualTo(Accounts.KFID);
                        });
    }

    @Test
    void losesNothingAndDoublesNothingWhenItDiesBetweenPageAndCursor() {
        platform.pagesOf(2);
        for (int i = 0; i < 6; i++) {
            platform.has(FakeKf.text("m" + i, "第" + i + "句", AT));
        }
        kit.cursors.lostMoves.set(2);

        kit.channel.sync().start();
        var taken = kit.journal.next(10);
        awaitCursor("c6");

        // The first page came three times, each time under the same keys, and the rest once.
        assertThat(new HashSet<>(taken.stream().map(Inbound::dedupeKey).toList()))
                .containsExactlyInAnyOrder("m:m0", "m:m1", "m:m2", "m:m3", "m:m4", "m:m5");
        assertThat(words(taken.subList(4, 10)))
                .containsExactly("第0句", "第1句", "第2句", "第3句", "第4句", "第5句");
    }

    @Test
    void leavesTheCursorWhereItIsWhileTheJournalIsAway() {
        platform.has(FakeKf.text("m1", "在吗", AT));
        kit.journal.failures.set(2);

        kit.channel.sync().start();

        assertThat(words(kit.journal.next(1))).containsExactly("在吗");
        assertThat(platform.syncs().subList(0, 3))
                .allSatisfy(sync -> assertThat(sync.json().path("cursor").asString()).isEmpty());
    }

    @Test
    void goesOnBehindAPageThatIsEmpty() {
        platform.has(FakeKf.text("m1", "在吗", AT));
        platform.platform.script(
                FakeKf.SYNC,
                (request, response) ->
                        FakePlatform.json(
                                response,
                                request.json().path("cursor").asString().isEmpty()
                                        ? "{\"errcode\":0,\"errmsg\":\"ok\",\"next_cursor\":\"c0\","
                                                + "\"has_more\":1,\"msg_list\":[]}"
                                        : platform.page(request).toString()));

        kit.channel.sync().start();

        assertThat(words(kit.journal.next(1))).containsExactly("在吗");
    }

    @Test
    void readsWithoutATokenThatIsTooOld() {
        kit.channel.sync().start();
        awaitEnds(1);
        platform.has(FakeKf.text("m1", "在吗", AT));
        platform.platform.script(
                FakeKf.SYNC,
                (request, response) ->
                        FakePlatform.json(
                                response,
                                request.json().has("token")
                                        ? "{\"errcode\":95007,\"errmsg\":\"invalid msgtoken\"}"
                                        : platform.page(request).toString()));

        kit.channel.read(FakeKf.news("TOO-OLD")).block(Kit.PATIENCE);

        assertThat(words(kit.journal.next(1))).containsExactly("在吗");
    }

    @Test
    void waitsWhileOthersReadTooMuchAtOnce() {
        platform.has(FakeKf.text("m1", "在吗", AT));
        var page = "{\"errcode\":45033,\"errmsg\":\"api concurrent out of limit\"}";
        platform.platform.script(
                FakeKf.SYNC,
                (request, response) ->
                        FakePlatform.json(
                                response,
                                platform.syncs().size() == 1
                                        ? page
                                        : platform.page(request).toString()));

        kit.channel.sync().start();

        assertThat(words(kit.journal.next(1))).containsExactly("在吗");
    }

    @Test
    void restsWhenItCalledTooOften() {
        platform.platform.answer(
                FakeKf.SYNC, "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}");

        kit.channel.sync().start();
        await().atMost(Kit.PATIENCE).until(() -> !platform.syncs().isEmpty());
        // Several rounds more: the clock stands still, so it goes on resting.
        var looks = kit.clock.looks();
        await().atMost(Kit.PATIENCE).until(() -> kit.clock.looks() > looks + 10);

        assertThat(platform.syncs()).hasSize(1);
    }

    @Test
    void goesOnRestingWhenAnotherAccountIsSaved() {
        platform.platform.answer(
                FakeKf.SYNC, "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}");
        kit.channel.sync().start();
        await().atMost(Kit.PATIENCE).until(() -> platform.syncs().size() == 1);

        kit.channel.replaceAccounts(
                List.of(
                        kit.channel.fromSettings().getFirst(),
                        Accounts.demo(
                                Map.of(
                                        "name",
                                        "second",
                                        "open-kfid",
                                        "wkANOTHER",
                                        "api-base",
                                        platform.address().toString()))));
        var looks = kit.clock.looks();
        await().atMost(Kit.PATIENCE).until(() -> kit.clock.looks() > looks + 20);

        assertThat(platform.syncs())
                .extracting(sync -> sync.json().path("open_kfid").asString())
                .containsExactlyInAnyOrder(Accounts.KFID, "wkANOTHER");
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeTheRestLonger() {
        platform.platform.answer(
                FakeKf.SYNC, "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}");
        kit.channel.sync().start();
        await().atMost(Kit.PATIENCE).until(() -> platform.syncs().size() == 1);

        kit.clock.advance(Duration.ofHours(-2));

        await().atMost(Kit.PATIENCE).until(() -> platform.syncs().size() > 1);
    }

    @Test
    void passesOverWhatWasSaidLongBeforeItCame() {
        platform.has(FakeKf.text("old", "上周的问题", Kit.NOW.minus(Duration.ofDays(2))));
        platform.has(FakeKf.text("new", "在吗", AT));

        kit.channel.sync().start();

        assertThat(words(kit.journal.next(1))).containsExactly("在吗");
        awaitCursor("c2");
        assertThat(kit.journal.all()).isEmpty();
    }

    @Test
    void findsTheCodeOfACustomerWhoComesInAndAsksNobodyToKeepItYet() {
        platform.has(FakeKf.enters("e1", "WELCOME", AT));

        kit.channel.sync().start();
        var entered = (InboundMessage) kit.journal.next(1).getFirst();

        assertThat(entered.trigger()).isEqualTo(Trigger.ENTER);
        assertThat(entered.from().party()).isEqualTo(Accounts.PARTY);
        assertThat(entered.content())
                .isInstanceOfSatisfying(
                        Event.Entered.class,
                        event -> {
                            assertThat(event.name()).isEqualTo("enter_session");
                            assertThat(event.fields()).containsEntry("scene", "website");
                        });
        assertThat(kit.channel.codeOf(entered)).contains(new Code("WELCOME", AT.plusSeconds(20)));
        // Redis may be away: it is not needed before the journal has the event.
        assertThat(kit.codes.kept).isEmpty();
    }

    @Test
    void asksForNothingMoreWhenAnEntranceHasNoCode() {
        platform.has(FakeKf.enters("e1", "", AT));

        kit.channel.sync().start();

        var entered = (InboundMessage) kit.journal.next(1).getFirst();
        assertThat(entered.trigger()).isNull();
        assertThat(kit.channel.codeOf(entered)).isEmpty();
    }

    @Test
    void tellsWhatBecameOfAMessageOfOurs() {
        platform.has(
                Samples.event(
                        "f1",
                        AT,
                        Map.of(
                                "event_type",
                                "msg_send_fail",
                                "fail_msgid",
                                "MSG-7",
                                "fail_type",
                                6)));

        kit.channel.sync().start();

        assertThat(kit.journal.next(1).getFirst())
                .isInstanceOfSatisfying(
                        Receipt.class,
                        receipt -> {
                            assertThat(receipt.platformId()).isEqualTo("MSG-7");
                            assertThat(receipt.outcome()).isEqualTo(Receipt.Outcome.FAILED);
                            assertThat(receipt.reason()).contains("6").contains("超过5条限制");
                            assertThat(receipt.at()).isEqualTo(AT);
                        });
    }

    @Test
    void doesNotTakeAMembersWordsForTheCustomers() {
        platform.has(Samples.fromServicer("s1", AT, "我是客服小李"));

        kit.channel.sync().start();
        var message = (InboundMessage) kit.journal.next(1).getFirst();

        assertThat(message.trigger()).isNull();
        assertThat(message.content())
                .isInstanceOfSatisfying(
                        Event.AnsweredElsewhere.class,
                        event -> {
                            assertThat(event.member()).isEqualTo("lisi");
                            assertThat(event.said()).isEqualTo(new Content.Text("我是客服小李"));
                        });
    }

    @Test
    void knowsWhatKindOfThingAMemberSent() {
        platform.has(
                Samples.fromServicer(
                        "s1", AT, "image", JSON.createObjectNode().put("media_id", "PICTURE")));
        platform.has(
                Samples.fromServicer(
                        "s2", AT, "hologram", JSON.createObjectNode().put("depth", 3)));

        kit.channel.sync().start();
        var said =
                kit.journal.next(2).stream()
                        .map(one -> ((InboundMessage) one).content())
                        .map(content -> ((Event.AnsweredElsewhere) content).said())
                        .toList();

        assertThat(said.getFirst()).isEqualTo(new Content.Image(Media.onPlatform("PICTURE", null)));
        assertThat(said.getLast()).isInstanceOf(Content.Unreadable.class);
    }

    @ParameterizedTest(name = "change_type {0}")
    @ValueSource(ints = {1, 2, 4})
    void tellsThatAMemberHasTakenTheCustomer(int changeType) {
        platform.has(session(changeType, "zhangsan", "lisi"));

        kit.channel.sync().start();
        var message = (InboundMessage) kit.journal.next(1).getFirst();

        assertThat(message.from().party()).isEqualTo(Accounts.PARTY);
        assertThat(message.trigger()).isNull();
        assertThat(message.content())
                .isInstanceOfSatisfying(
                        Event.TakenElsewhere.class,
                        taken -> {
                            assertThat(taken.member()).isEqualTo("lisi");
                            assertThat(taken.name()).isEqualTo("session_status_change");
                            assertThat(taken.fields()).containsEntry("change_type", changeType);
                        });
    }

    @Test
    void tellsThatAMemberHasEndedTheSession() {
        platform.has(session(3, "lisi", ""));

        kit.channel.sync().start();

        assertThat(((InboundMessage) kit.journal.next(1).getFirst()).content())
                .isInstanceOfSatisfying(
                        Event.LeftElsewhere.class,
                        left -> assertThat(left.member()).isEqualTo("lisi"));
    }

    @Test
    void keepsAChangeOfTheSessionThatItDoesNotKnow() {
        platform.has(session(9, "lisi", ""));

        kit.channel.sync().start();

        assertThat(((InboundMessage) kit.journal.next(1).getFirst()).content())
                .isInstanceOf(Event.Other.class);
    }

    @Test
    void readsForTheOtherAccountsOfACorporation() {
        var second = new HashMap<>(Map.of("name", "second", "open-kfid", "wkANOTHER"));
        second.put("api-base", platform.address().toString());
        kit.channel.replaceAccounts(
                List.of(kit.channel.fromSettings().getFirst(), Accounts.demo(second)));
        kit.channel.sync().start();
        awaitEnds(1);
        platform.has(FakeKf.text("m1", "在吗", AT));

        var callback = FakeKf.news("T");
        kit.channel
                .read(
                        new Callback(
                                "wecom-kf",
                                "second",
                                callback.query(),
                                callback.contentType(),
                                callback.body(),
                                Kit.NOW))
                .block(Kit.PATIENCE);

        assertThat(kit.journal.next(1).getFirst().from().account()).isEqualTo("demo");
    }

    @Test
    void isWellUntilItShouldHaveReadAndOnceItHas() {
        assertThat(kit.channel.health("demo").collectList().block(Kit.PATIENCE))
                .allSatisfy(sign -> assertThat(sign.problem()).isNull());

        kit.clock.advance(Duration.ofHours(1));
        assertThat(kit.channel.health("demo").collectList().block(Kit.PATIENCE))
                .anySatisfy(
                        sign -> {
                            assertThat(sign.part()).isEqualTo("cursor");
                            assertThat(sign.problem()).isEqualTo("behind");
                        });

        kit.channel.sync().start();
        awaitEnds(1);

        assertThat(kit.channel.health("demo").collectList().block(Kit.PATIENCE))
                .hasSize(2)
                .allSatisfy(sign -> assertThat(sign.problem()).isNull());
    }

    private static JsonNode session(int changeType, String before, String now) {
        return Samples.event(
                "c" + changeType,
                AT,
                Map.of(
                        "event_type",
                        "session_status_change",
                        "change_type",
                        changeType,
                        "old_servicer_userid",
                        before,
                        "new_servicer_userid",
                        now));
    }

    private static List<String> words(List<Inbound> inbound) {
        return inbound.stream()
                .map(one -> ((Content.Text) ((InboundMessage) one).content()).body())
                .toList();
    }

    private void awaitEnds(int count) {
        Mono.defer(() -> Mono.just(kit.cursors.ends.get()))
                .filter(ends -> ends >= count)
                .repeatWhenEmpty(tries -> tries.delayElements(Duration.ofMillis(10)))
                .block(Kit.PATIENCE);
    }

    private void awaitCursor(String cursor) {
        Mono.defer(() -> Mono.just(kit.cursors.cursor()))
                .filter(cursor::equals)
                .repeatWhenEmpty(tries -> tries.delayElements(Duration.ofMillis(10)))
                .block(Kit.PATIENCE);
    }
}
