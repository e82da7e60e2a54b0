package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.Trigger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

class ReadMessageTest {

    private final WeiboChannel channel = Accounts.channel(Map.of());

    @Test
    void readsWords() {
        var message = sample("text");

        assertThat(message.content()).isEqualTo(new Content.Text("信用卡账单什么时候出？[疑问] 😀"));
        assertThat(message.trigger()).isEqualTo(Trigger.MESSAGE);
        assertThat(message.from().party()).isEqualTo("6099887766");
        assertThat(message.externalId()).isNull();
        assertThat(message.sentAt()).isEqualTo(Instant.parse("2026-03-02T08:30:15Z"));
        assertThat(message.receivedAt()).isEqualTo(Callbacks.NOW);
        assertThat(message.raw()).isEqualTo(Callbacks.sample("text"));
    }

    @Test
    void readsPicturesAndVoiceNotesByOurCopysId() {
        assertThat(sample("image").content())
                .isEqualTo(new Content.Image(Media.onPlatform("9300000002", null)));
        assertThat(sample("voice").content())
                .isEqualTo(new Content.Voice(Media.onPlatform("9300000004", null), null, null));
    }

    @Test
    void readsAPlaceWithTheWordsThatCameWithIt() {
        assertThat(sample("position").content())
                .isEqualTo(
                        new Content.Location(
                                31.230416, 121.473701, "我在这里: http://t.cn/zQgLLYO", null));
    }

    @ParameterizedTest
    @CsvSource({
        "mention_status, @小管家银行 你们的客服呢, 5271234567890123",
        "mention_comment, 回复@小管家银行: 等了三天, 5271234567890124"
    })
    void readsAMentionAsTheCustomersWordsAndKeepsWhereTheyStand(
            String sample, String words, String post) {
        var message = sample(sample);

        assertThat(message.content()).isEqualTo(new Content.Text(words));
        assertThat(message.trigger()).isEqualTo(Trigger.MENTION);
        assertThat(message.externalId()).isEqualTo(post);
    }

    @Test
    void readsFollowingAndLeaving() {
        assertThat(sample("event_follow").content()).isEqualTo(new Event.Followed(null, null));
        assertThat(sample("event_follow").trigger()).isEqualTo(Trigger.FOLLOW);
        assertThat(sample("event_unfollow").content()).isEqualTo(new Event.Unfollowed());
        assertThat(sample("event_unfollow").trigger()).isNull();
    }

    @Test
    void keepsTheKeywordOfASubscription() {
        assertThat(sample("event_subscribe").content())
                .isEqualTo(
                        new Event.Other("subscribe", Map.of("subtype", "subscribe", "text", "dy")));
        assertThat(sample("event_subscribe").trigger()).isEqualTo(Trigger.FOLLOW);
        assertThat(sample("event_unsubscribe").content())
                .isEqualTo(
                        new Event.Other(
                                "unsubscribe",
                                Map.of("subtype", "unsubscribe", "text", "取消订阅事件消息")));
        assertThat(sample("event_unsubscribe").trigger()).isNull();
    }

    @Test
    void readsScansOfFollowersAndOfThoseWhoBecomeFollowers() {
        assertThat(sample("event_scan").content())
                .isEqualTo(new Event.Scanned("counter-17", "gQH47joAAAAAAAAA"));
        assertThat(sample("event_scan").trigger()).isEqualTo(Trigger.SCAN);
        assertThat(sample("event_scan_follow").content())
                .isEqualTo(new Event.Followed("counter-17", "gQH47joAAAAAAAAA"));
        assertThat(sample("event_scan_follow").trigger()).isEqualTo(Trigger.FOLLOW);
    }

    @Test
    void readsTheMenu() {
        assertThat(sample("event_click").content())
                .isEqualTo(new Event.MenuTapped("click", "CARD_BILL", Map.of()));
        assertThat(sample("event_click").trigger()).isEqualTo(Trigger.MENU);
        assertThat(sample("event_view").content())
                .isEqualTo(new Event.MenuTapped("view", "https://bank.example/cards", Map.of()));
        assertThat(sample("event_view").trigger()).isNull();
    }

    @Test
    void keepsAnEventThatNobodyHasHeardOfWithAllItSays() {
        var message = sample("event_unknown");

        assertThat(message.content())
                .isEqualTo(
                        new Event.Other(
                                "super_like",
                                Map.of(
                                        "subtype", "super_like",
                                        "key", "k-1",
                                        "count", 3,
                                        "text", "某种事件")));
        assertThat(message.trigger()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"hologram\",\"sender_id\":1}",
                "{\"sender_id\":1}",
                "{\"type\":\"text\",\"sender_id\":1,\"text\":\" \"}",
                "{\"type\":\"image\",\"sender_id\":1,\"data\":{\"vfid\":1}}",
                "{\"type\":\"voice\",\"sender_id\":1,\"data\":\"\"}",
                "{\"type\":\"position\",\"sender_id\":1,\"data\":{\"latitude\":\"north\"}}",
                "{\"type\":\"event\",\"sender_id\":1,\"data\":{}}",
                "{\"type\":\"mention\",\"sender_id\":1}",
                "{\"type\":{\"text\":1},\"sender_id\":1}"
            })
    void keepsWhatItCannotRead(String body) {
        var message = read(body);

        assertThat(message.content()).isEqualTo(new Content.Unreadable(body));
        assertThat(message.raw()).isEqualTo(body);
    }

    @Test
    void keepsAMessageThatNamesNobodyAndNoTime() {
        var message = read("{\"type\":\"text\",\"text\":\"在吗\",\"created_at\":\"yesterday\"}");

        assertThat(message.from().party()).isEqualTo("unknown");
        assertThat(message.sentAt()).isEqualTo(Callbacks.NOW);
    }

    @Test
    void readsIdsThatComeAsTextAndFieldsInAnyOrder() {
        var message =
                read(
                        """
                        \uFEFF{"text":"在吗","type":"TEXT","sender_id":"6099887766","data":[],
                         "created_at":"Mon Jul 16 18:09:20 +0800 2012"}\
                        """);

        assertThat(message.content()).isEqualTo(new Content.Text("在吗"));
        assertThat(message.from().party()).isEqualTo("6099887766");
        assertThat(message.sentAt()).isEqualTo(Instant.parse("2012-07-16T10:09:20Z"));
    }

    @Test
    void tellsTwoMessagesOfOneSecondApart() {
        var first = sample("image");
        var second = read(Callbacks.sample("image").replace("9300000002", "9300000009"));
        var other = read(Callbacks.sample("image").replace("6099887766", "6099887767"));

        assertThat(first.dedupeKey())
                .isNotEqualTo(second.dedupeKey())
                .isNotEqualTo(other.dedupeKey())
                .isNotEqualTo(sample("voice").dedupeKey());
    }

    @Test
    void knowsARepetitionWhoseFieldsComeInAnotherOrder() {
        var one =
                read(
                        "{\"type\":\"text\",\"sender_id\":1,\"text\":\"x\",\"data\":{\"a\":1,\"b\":2}}");
        var two =
                read(
                        "{\"data\":{\"b\":2,\"a\":1},\"text\":\"x\",\"sender_id\":1,\"type\":\"text\"}");

        assertThat(two.dedupeKey()).isEqualTo(one.dedupeKey());
    }

    private InboundMessage sample(String name) {
        return read(Callbacks.sample(name));
    }

    /** By an account that does not know its own uid, so that the samples may be short. */
    private InboundMessage read(String body) {
        var any = body.contains(Accounts.UID) ? channel : Accounts.channel(Map.of("uid", ""));
        var reading = Objects.requireNonNull(any.read(Callbacks.signed(body)).block());
        return (InboundMessage) reading.inbound().getFirst();
    }
}
