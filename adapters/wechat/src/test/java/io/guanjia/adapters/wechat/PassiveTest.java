package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Media;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class PassiveTest {

    private static final String HEAD =
            "<xml><ToUserName><![CDATA[o1]]></ToUserName>"
                    + "<FromUserName><![CDATA[gh_1]]></FromUserName>"
                    + "<CreateTime>1700000003</CreateTime><MsgType><![CDATA[";

    private static final Content.Suggestions SUGGESTIONS =
            new Content.Suggestions(
                    "您想问哪一个？",
                    List.of(new Content.Option("1", "查账单"), new Content.Option("2", "提额")),
                    "或者换个说法");

    @Test
    void saysText() {
        assertThat(reply(new Content.Text("1 < 2 ]]> 好")))
                .isEqualTo(
                        HEAD
                                + "text]]></MsgType><Content>"
                                + "<![CDATA[1 < 2 ]]]]><![CDATA[> 好]]></Content></xml>");
    }

    @Test
    void saysNothingPassivelyThatIsTooLong() {
        assertThat(passive(true).passively(new Content.Text("好".repeat(682)))).isPresent();
        assertThat(passive(true).passively(new Content.Text("好".repeat(683)))).isEmpty();
    }

    @Test
    void showsPicturesVoiceAndFilms() {
        assertThat(reply(new Content.Image(Media.onPlatform("m1", null))))
                .isEqualTo(
                        HEAD
                                + "image]]></MsgType>"
                                + "<Image><MediaId><![CDATA[m1]]></MediaId></Image></xml>");
        assertThat(reply(new Content.Voice(Media.onPlatform("m1", null), null, null)))
                .isEqualTo(
                        HEAD
                                + "voice]]></MsgType>"
                                + "<Voice><MediaId><![CDATA[m1]]></MediaId></Voice></xml>");
        assertThat(reply(new Content.Video(Media.onPlatform("m1", null), null, "t", "d")))
                .isEqualTo(
                        HEAD
                                + "video]]></MsgType>"
                                + "<Video><MediaId><![CDATA[m1]]></MediaId>"
                                + "<Title><![CDATA[t]]></Title>"
                                + "<Description><![CDATA[d]]></Description></Video></xml>");
    }

    @Test
    void cannotShowAFileThePlatformDoesNotHaveYet() {
        var ours = new Media("our-id", null, null, "image/png", 10L);

        assertThat(passive(true).passively(new Content.Image(ours))).isEmpty();
    }

    @Test
    void showsALinkAsNews() {
        assertThat(reply(new Content.Link("t", null, "https://example.com/?a=1&b=2", "p")))
                .isEqualTo(
                        HEAD
                                + "news]]></MsgType><ArticleCount>1</ArticleCount><Articles><item>"
                                + "<Title><![CDATA[t]]></Title>"
                                + "<Description><![CDATA[]]></Description>"
                                + "<PicUrl><![CDATA[p]]></PicUrl>"
                                + "<Url><![CDATA[https://example.com/?a=1&b=2]]></Url>"
                                + "</item></Articles></xml>");
    }

    @Test
    void playsMusicAndShowsNewsInThePlatformsOwnWords() {
        assertThat(
                        reply(
                                new Content.Native(
                                        "music",
                                        Map.of(
                                                "title",
                                                "t",
                                                "musicurl",
                                                "u",
                                                "thumb_media_id",
                                                "m"))))
                .isEqualTo(
                        HEAD
                                + "music]]></MsgType><Music><Title><![CDATA[t]]></Title>"
                                + "<MusicUrl><![CDATA[u]]></MusicUrl>"
                                + "<ThumbMediaId><![CDATA[m]]></ThumbMediaId></Music></xml>");
        assertThat(
                        reply(
                                new Content.Native(
                                        "news", Map.of("articles", List.of(Map.of("title", "t"))))))
                .isEqualTo(
                        HEAD
                                + "news]]></MsgType><ArticleCount>1</ArticleCount><Articles><item>"
                                + "<Title><![CDATA[t]]></Title></item></Articles></xml>");
    }

    @Test
    void handsOverToThePlatformsOwnDesk() {
        assertThat(reply(new Content.Native("transfer_customer_service", Map.of())))
                .isEqualTo(HEAD + "transfer_customer_service]]></MsgType></xml>");
        assertThat(
                        reply(
                                new Content.Native(
                                        "transfer_customer_service", Map.of("kf_account", "a@b"))))
                .isEqualTo(
                        HEAD
                                + "transfer_customer_service]]></MsgType><TransInfo>"
                                + "<KfAccount><![CDATA[a@b]]></KfAccount></TransInfo></xml>");
    }

    @Test
    void leavesSuggestionsToTheMenuThatCanBeTapped() {
        assertThat(passive(true).passively(SUGGESTIONS)).isEmpty();
    }

    @Test
    void numbersSuggestionsWhereThereIsNoMenu() {
        var response = passive(false).passively(SUGGESTIONS).orElseThrow();

        assertThat(new String(response.body(), UTF_8))
                .contains("<![CDATA[您想问哪一个？\n1. 查账单\n2. 提额\n或者换个说法]]>");
    }

    @Test
    void cannotSayPassivelyWhatThePlatformHasNoWordFor() {
        assertThat(
                        List.of(
                                new Content.Location(1, 2, null, null),
                                new Content.File(Media.onPlatform("m", null), null, null),
                                new Content.MiniProgram("t", "a", "p", null),
                                new Content.Native("wxcard", Map.of("card_id", "1")),
                                new Content.Native("news", Map.of("articles", List.of())),
                                new Content.Unreadable("x"),
                                new Event.Unfollowed()))
                .allSatisfy(content -> assertThat(passive(true).passively(content)).isEmpty());
    }

    private static Passive passive(boolean menus) {
        return new Passive("o1", "gh_1", null, menus, Channels.CLOCK);
    }

    private static String reply(Content content) {
        return new String(passive(true).passively(content).orElseThrow().body(), UTF_8);
    }
}
