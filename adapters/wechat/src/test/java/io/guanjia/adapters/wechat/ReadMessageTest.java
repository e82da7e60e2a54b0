package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Receipt.Outcome;
import io.guanjia.gateway.message.Trigger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

class ReadMessageTest {

    private final WechatChannel channel = Channels.with(Accounts.demo(Map.of()));

    @Test
    void readsText() {
        assertThat(content("text")).isEqualTo(new Content.Text("我的信用卡账单什么时候出？"));
        assertThat(content("text-with-mark-and-windows-lines"))
                .isEqualTo(new Content.Text("我的信用卡账单什么时候出？"));
    }

    @Test
    void readsATapOnASuggestionAsAChoice() {
        assertThat(content("text-menu-choice")).isEqualTo(new Content.Choice("101", "查账单"));
    }

    @Test
    void readsPictures() {
        var address = "http://mmbiz.qpic.cn/sz_mmbiz_jpg/abc/0";

        assertThat(content("image"))
                .isEqualTo(new Content.Image(Media.onPlatform("media-image", address)));
        assertThat(content("image-without-id"))
                .isEqualTo(new Content.Image(Media.onPlatform(null, address)));
    }

    @Test
    void readsVoiceWithWhatThePlatformHeard() {
        assertThat(content("voice"))
                .isEqualTo(
                        new Content.Voice(
                                new Media(null, "media-voice", null, "audio/amr", null),
                                "查一下余额",
                                "amr"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"video", "shortvideo"})
    void readsFilms(String sample) {
        assertThat(content(sample))
                .isEqualTo(
                        new Content.Video(
                                Media.onPlatform("media-video", null),
                                Media.onPlatform("media-thumb", null),
                                null,
                                null));
    }

    @Test
    void readsPlacesLinksFilesAndMiniPrograms() {
        assertThat(content("location"))
                .isEqualTo(new Content.Location(23.134521, 113.358803, "天河路 1 号", 20.0));
        assertThat(content("link"))
                .isEqualTo(
                        new Content.Link("公众平台官网链接", "说明", "https://example.com/a?b=1&c=2", null));
        assertThat(content("file"))
                .isEqualTo(
                        new Content.File(
                                new Media(null, null, null, null, 10_240L), "流水.pdf", 10_240L));
        assertThat(content("miniprogrampage"))
                .isEqualTo(
                        new Content.MiniProgram(
                                "办卡进度",
                                "wx00000000000000aa",
                                "pages/card?id=1",
                                Media.onPlatform("media-thumb", "http://mmbiz.qpic.cn/t/0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown-type", "text-blank", "location-malformed"})
    void keepsWhatItCannotReadForAPerson(String sample) {
        assertThat(content(sample)).isEqualTo(new Content.Unreadable(Callbacks.sample(sample)));
    }

    @Test
    void readsFollowingLeavingAndScanning() {
        assertThat(content("subscribe")).isEqualTo(new Event.Followed(null, null));
        assertThat(content("subscribe-by-code"))
                .isEqualTo(new Event.Followed("branch-42", "ticket-1"));
        assertThat(content("unsubscribe")).isEqualTo(new Event.Unfollowed());
        assertThat(content("scan")).isEqualTo(new Event.Scanned("branch-42", "ticket-1"));
        assertThat(content("scan-lower-case"))
                .isEqualTo(new Event.Scanned("branch-42", "ticket-1"));
    }

    @Test
    void readsTheMenuWithAllThatComesWithIt() {
        assertThat(content("click"))
                .isEqualTo(new Event.MenuTapped("click", "CARD_PROGRESS", Map.of()));
        assertThat(content("view"))
                .isEqualTo(
                        new Event.MenuTapped(
                                "view", "https://example.com/", Map.of("MenuId", "400000001")));
        assertThat(content("scancode-waitmsg"))
                .isEqualTo(
                        new Event.MenuTapped(
                                "scancode_waitmsg",
                                "SCAN",
                                Map.of(
                                        "ScanCodeInfo",
                                        Map.of("ScanType", "qrcode", "ScanResult", "1234"))));
        assertThat(content("pic-weixin"))
                .isEqualTo(
                        new Event.MenuTapped(
                                "pic_weixin",
                                "PIC",
                                Map.of(
                                        "SendPicsInfo",
                                        Map.of(
                                                "Count",
                                                "2",
                                                "PicList",
                                                Map.of(
                                                        "item",
                                                        List.of(
                                                                Map.of("PicMd5Sum", "aa"),
                                                                Map.of("PicMd5Sum", "bb")))))));
    }

    @Test
    void readsWhereTheCustomerIs() {
        assertThat(content("location-event"))
                .isEqualTo(new Event.LocationReported(23.137466, 113.352425, 119.38504));
    }

    @Test
    void keepsEventsNobodyHasHeardOfWithAllTheirFields() {
        assertThat(content("unknown-event"))
                .isEqualTo(
                        new Event.Other(
                                "some_future_event",
                                Map.of("Thing", "x", "Group", Map.of("Inner", "1"))));
        assertThat(content("kf-create-session"))
                .isEqualTo(new Event.Other("kf_create_session", Map.of("KfAccount", "test1@test")));
    }

    @Test
    void keepsHowManyAMassMessageReached() {
        assertThat(content("mass-sent"))
                .isEqualTo(
                        new Event.Other(
                                "masssendjobfinish",
                                Map.of(
                                        "MsgID", "1000001625",
                                        "Status", "send success",
                                        "TotalCount", "100",
                                        "FilterCount", "80",
                                        "SentCount", "75",
                                        "ErrorCount", "5")));
        assertThat(read(Callbacks.sample("mass-failed")))
                .singleElement()
                .extracting(found -> ((InboundMessage) found).raw())
                .isEqualTo(Callbacks.sample("mass-failed"));
    }

    @ParameterizedTest
    @CsvSource({
        "text, MESSAGE",
        "unknown-type, MESSAGE",
        "text-menu-choice, MENU",
        "click, MENU",
        "scancode-waitmsg, MENU",
        "view,",
        "pic-weixin,",
        "subscribe, FOLLOW",
        "subscribe-by-code, FOLLOW",
        "scan, SCAN",
        "unsubscribe,",
        "location-event,",
        "kf-create-session,",
    })
    void saysWhichReplyWindowOpens(String sample, Trigger trigger) {
        assertThat(message(sample).trigger()).isEqualTo(trigger);
    }

    @ParameterizedTest
    @CsvSource({
        "template-sent, 200163836, DELIVERED,",
        "template-blocked, 200163837, FAILED, failed:user block",
        "template-failed, 200163838, FAILED, failed: system failed",
    })
    void readsWhatBecameOfAMessageAsAReceipt(
            String sample, String platformId, Outcome outcome, String reason) {
        var receipt = (Receipt) only(sample);

        assertThat(receipt.platformId()).isEqualTo(platformId);
        assertThat(receipt.outcome()).isEqualTo(outcome);
        assertThat(receipt.reason()).isEqualTo(reason);
        assertThat(receipt.raw()).isEqualTo(Callbacks.sample(sample));
    }

    @Test
    void readsEveryReceiptOfOneCallback() {
        var receipts =
                read(Callbacks.sample("subscription-sent")).stream()
                        .map(Receipt.class::cast)
                        .toList();

        assertThat(receipts)
                .extracting(Receipt::platformId)
                .containsExactly("1700827132819554304", "1700827132819554305");
        assertThat(receipts)
                .extracting(Receipt::outcome)
                .containsExactly(Outcome.DELIVERED, Outcome.FAILED);
        assertThat(receipts.getLast().reason()).isEqualTo("43101 user refuse to accept the msg");
        assertThat(receipts).extracting(Receipt::dedupeKey).doesNotHaveDuplicates();
    }

    @Test
    void knowsARetryForTheSameMessage() {
        var xml = Callbacks.sample("text");

        assertThat(read(xml).getFirst().dedupeKey()).isEqualTo(read(xml).getFirst().dedupeKey());
        assertThat(read(Callbacks.plain(xml)).getFirst().dedupeKey())
                .isEqualTo(read(Callbacks.safe(xml)).getFirst().dedupeKey());
    }

    @Test
    void tellsFiftyCustomersApartWhoScanOneCodeInTheSameSecond() {
        var keys = new HashSet<String>();
        for (int i = 0; i < 50; i++) {
            keys.add(
                    read(Callbacks.sample("scan").replace(Accounts.OPENID, "oCustomer" + i))
                            .getFirst()
                            .dedupeKey());
        }

        assertThat(keys).hasSize(50);
    }

    @Test
    void tellsTwoEventsOfOneCustomerInOneSecondApart() {
        var click = Callbacks.sample("click");

        assertThat(
                        List.of(
                                key(click),
                                key(click.replace("CARD_PROGRESS", "BALANCE")),
                                key(Callbacks.sample("view")),
                                key(Callbacks.sample("scan")),
                                key(Callbacks.sample("scan").replace("ticket-1", "ticket-2")),
                                key(click.replace("1700000000", "1700000001"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void tellsMessagesOfOneIdFromDifferentCustomersApart() {
        var text = Callbacks.sample("text");

        assertThat(key(text)).isNotEqualTo(key(text.replace(Accounts.OPENID, "oOther")));
    }

    @Test
    void tellsMessagesWithoutAnIdApartByWhatTheySay() {
        var text = Callbacks.sample("text-without-id");

        assertThat(key(text)).isEqualTo(key(text)).isNotEqualTo(key(text.replace("你好", "您好")));
        assertThat(message("text-without-id").externalId()).isNull();
    }

    @Test
    void acceptsMessagesThatLackAlmostEverything() {
        var message = (InboundMessage) read("<xml><MsgType>text</MsgType></xml>").getFirst();

        assertThat(message.content()).isInstanceOf(Content.Unreadable.class);
        assertThat(message.from().party()).isEqualTo(Accounts.OPENID);
        assertThat(message.sentAt()).isEqualTo(Callbacks.NOW);
        assertThat(read("<xml/>")).hasSize(1);
        assertThat(read("<xml><MsgType>event</MsgType></xml>")).hasSize(1);
        assertThat(
                        read("<xml><MsgType>event</MsgType>"
                                        + "<Event>TEMPLATESENDJOBFINISH</Event></xml>")
                                .getFirst())
                .isInstanceOf(InboundMessage.class);
    }

    private String key(String xml) {
        return read(xml).getFirst().dedupeKey();
    }

    private List<Inbound> read(String xml) {
        return read(Callbacks.safe(xml));
    }

    private List<Inbound> read(Callback callback) {
        var reading = channel.read(callback).block();
        assertThat(reading).isNotNull();
        return reading.inbound();
    }

    private Inbound only(String sample) {
        assertThat(read(Callbacks.sample(sample))).hasSize(1);
        return read(Callbacks.sample(sample)).getFirst();
    }

    private InboundMessage message(String sample) {
        return (InboundMessage) only(sample);
    }

    private Content content(String sample) {
        return message(sample).content();
    }
}
