package io.guanjia.gateway.downgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Files;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;

import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class DowngradeTest {

    private static final Capabilities WORDS = Capabilities.words(TextLimit.characters(300)).build();
    private static final String SHORT = "https://kf.bank.example/l/c7";
    private static final Media PICTURE = new Media("7", null, null, "image/png", 2_000_000L);

    private final Downgrade downgrade =
            new Downgrade(
                    words(),
                    Locale.CHINESE,
                    file ->
                            file.id() == null
                                    ? Optional.empty()
                                    : Optional.of(URI.create("https://kf.bank.example/files/7")),
                    url ->
                            url.length() > 40
                                    ? Optional.of(new ShortLink("c7", SHORT, url))
                                    : Optional.empty());

    @Test
    void leavesAloneWhatAnAccountCarries() {
        var text = new Content.Text("您好");

        assertThat(downgrade.fit(text, WORDS)).containsExactly(Said.asItIs(text));
    }

    @Test
    void numbersWhatCannotBeShownAsAMenu() {
        var suggestions =
                new Content.Suggestions(
                        "您想问的是：",
                        List.of(
                                new Content.Option("repay", "怎么还款"),
                                new Content.Option("limit", "怎么提额")),
                        null);

        assertThat(downgrade.fit(suggestions, WORDS))
                .containsExactly(plain("您想问的是：\n1. 怎么还款\n2. 怎么提额\n回复序号即可。"));
    }

    @Test
    void numbersWhatAMenuHasNoRoomFor() {
        var menus = Capabilities.words(TextLimit.bytes(2048)).sends(Kind.SUGGESTIONS).build();
        var some =
                new Content.Suggestions(
                        "您想问的是：", List.of(new Content.Option("repay", "怎么还款")), null);

        assertThat(downgrade.fit(some, menus, any -> true)).containsExactly(Said.asItIs(some));
        assertThat(downgrade.fit(some, menus, any -> any instanceof Content.Text))
                .containsExactly(plain("您想问的是：\n1. 怎么还款\n回复序号即可。"));
        assertThat(downgrade.fit(some, menus, any -> false)).isEmpty();
    }

    @Test
    void turnsACardIntoItsTitleAndAShortLinkThatHasToBeKept() {
        var url = "https://bank.example/calendar?from=2026-03-01&for=credit-cards";
        var card = new Content.Link("还款日历", "每月提醒", url, null);

        assertThat(downgrade.fit(card, WORDS))
                .containsExactly(
                        new Said(
                                new Content.Text("还款日历\n每月提醒\n" + SHORT),
                                List.of(new ShortLink("c7", SHORT, url))));
    }

    @Test
    void leavesTheAddressOfACardWhereNoneIsShorter() {
        var card = new Content.Link("还款日历", null, "https://bank.example/c", null);

        assertThat(downgrade.fit(card, WORDS))
                .containsExactly(plain("还款日历\nhttps://bank.example/c"));
    }

    @Test
    void leavesAddressesInWordsAlone() {
        var url = "https://bank.example/calendar?from=2026-03-01&for=credit-cards";

        assertThat(downgrade.fit(new Content.Text("详见 " + url), WORDS))
                .containsExactly(plain("详见 " + url));
    }

    /** It does not matter in which of the messages it stands. */
    @Test
    void keepsTheLinkOfACardThatIsDivided() {
        var url = "https://bank.example/calendar?from=2026-03-01&for=credit-cards";
        var card = new Content.Link("还款日历", "每月提醒。".repeat(70), url, null);

        var said = downgrade.fit(card, WORDS);

        assertThat(said).hasSize(2);
        assertThat(body(said.getLast())).endsWith(SHORT);
        assertThat(said.getLast().links()).containsExactly(new ShortLink("c7", SHORT, url));
    }

    @Test
    void turnsAPlaceIntoALinkToTheMap() {
        var place = new Content.Location(31.23, 121.47, "人民广场支行", null);

        assertThat(downgrade.fit(place, WORDS))
                .containsExactly(
                        new Said(
                                new Content.Text("人民广场支行\n" + SHORT),
                                List.of(
                                        new ShortLink(
                                                "c7",
                                                SHORT,
                                                "https://uri.amap.com/marker?position=121.47,31.23&name=%E4%BA%BA%E6%B0%91%E5%B9%BF%E5%9C%BA%E6%94%AF%E8%A1%8C"))));
    }

    @Test
    void turnsAFileIntoALink() {
        assertThat(downgrade.fit(new Content.Image(PICTURE), WORDS))
                .containsExactly(plain("[图片] 点击查看：https://kf.bank.example/files/7"));
    }

    @Test
    void keepsWhatIsWrittenOnAFileBesideItsLink() {
        var media = new Media("7", null, null, "application/pdf", 2_000_000L);

        assertThat(downgrade.fit(new Content.File(media, "三月账单.pdf", 2_000_000L), WORDS))
                .containsExactly(plain("三月账单.pdf\n[文件] 点击下载：https://kf.bank.example/files/7"));
        assertThat(downgrade.fit(new Content.Video(media, null, "开卡步骤", "三分钟看懂"), WORDS))
                .containsExactly(plain("开卡步骤\n三分钟看懂\n[视频] 点击观看：https://kf.bank.example/files/7"));
        assertThat(downgrade.fit(new Content.Video(media, null, null, null), WORDS))
                .containsExactly(plain("[视频] 点击观看：https://kf.bank.example/files/7"));
    }

    @Test
    void turnsAFileThatIsTooLargeIntoALink() {
        var small =
                Capabilities.words(TextLimit.characters(300))
                        .sends(Kind.IMAGE, Files.upTo(1_000_000, "image/png"))
                        .build();

        assertThat(downgrade.fit(new Content.Image(PICTURE), small))
                .singleElement()
                .extracting(Said::content)
                .isInstanceOf(Content.Text.class);
    }

    @Test
    void hasNothingToSayForAFileThatWeDoNotKeep() {
        assertThat(downgrade.fit(new Content.Image(Media.onPlatform("m", null)), WORDS)).isEmpty();
    }

    @Test
    void hasNothingToSayForAFormThatAPlatformHasApproved() {
        var template =
                new Content.Template(
                        Content.Template.Kind.NOTIFICATION, "bill", null, null, Map.of());

        assertThat(downgrade.fit(template, WORDS)).isEmpty();
    }

    @Test
    void dividesWhatIsTooLongAndCutsNothing() {
        var text = "请在还款日前还款。".repeat(60);

        var said = downgrade.fit(new Content.Text(text), WORDS);

        assertThat(said).hasSize(2).allMatch(one -> WORDS.carries(one.content()));
        assertThat(String.join("", said.stream().map(DowngradeTest::body).toList()))
                .isEqualTo(text);
    }

    private static Said plain(String words) {
        return Said.asItIs(new Content.Text(words));
    }

    private static String body(Said said) {
        return ((Content.Text) said.content()).body();
    }

    private static ResourceBundleMessageSource words() {
        var words = new ResourceBundleMessageSource();
        words.setBasename("customer");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        return words;
    }
}
