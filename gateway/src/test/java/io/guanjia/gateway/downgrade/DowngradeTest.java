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
    private static final Media PICTURE = new Media("7", null, null, "image/png", 2_000_000L);

    private final Downgrade downgrade =
            new Downgrade(
                    words(),
                    Locale.CHINESE,
                    file ->
                            file.id() == null
                                    ? Optional.empty()
                                    : Optional.of(URI.create("https://kf.bank.example/files/7")));

    @Test
    void leavesAloneWhatAnAccountCarries() {
        var text = new Content.Text("您好");

        assertThat(downgrade.fit(text, WORDS)).containsExactly(text);
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
                .containsExactly(new Content.Text("您想问的是：\n1. 怎么还款\n2. 怎么提额\n回复序号即可。"));
    }

    @Test
    void numbersWhatAMenuHasNoRoomFor() {
        var menus = Capabilities.words(TextLimit.bytes(2048)).sends(Kind.SUGGESTIONS).build();
        var some =
                new Content.Suggestions(
                        "您想问的是：", List.of(new Content.Option("repay", "怎么还款")), null);

        assertThat(downgrade.fit(some, menus, any -> true)).containsExactly(some);
        assertThat(downgrade.fit(some, menus, any -> any instanceof Content.Text))
                .containsExactly(new Content.Text("您想问的是：\n1. 怎么还款\n回复序号即可。"));
        assertThat(downgrade.fit(some, menus, any -> false)).isEmpty();
    }

    @Test
    void turnsACardIntoItsTitleAndAddress() {
        var card = new Content.Link("还款日历", "每月提醒", "https://bank.example/c", null);

        assertThat(downgrade.fit(card, WORDS))
                .containsExactly(new Content.Text("还款日历\n每月提醒\nhttps://bank.example/c"));
    }

    @Test
    void turnsAPlaceIntoALinkToTheMap() {
        var place = new Content.Location(31.23, 121.47, "人民广场支行", null);

        assertThat(downgrade.fit(place, WORDS))
                .containsExactly(
                        new Content.Text(
                                "人民广场支行\n"
                                    + "https://uri.amap.com/marker?position=121.47,31.23&name=%E4%BA%BA%E6%B0%91%E5%B9%BF%E5%9C%BA%E6%94%AF%E8%A1%8C"));
    }

    @Test
    void turnsAFileIntoALink() {
        assertThat(downgrade.fit(new Content.Image(PICTURE), WORDS))
                .containsExactly(new Content.Text("[图片] 点击查看：https://kf.bank.example/files/7"));
    }

    @Test
    void keepsWhatIsWrittenOnAFileBesideItsLink() {
        var media = new Media("7", null, null, "application/pdf", 2_000_000L);

        assertThat(downgrade.fit(new Content.File(media, "三月账单.pdf", 2_000_000L), WORDS))
                .containsExactly(
                        new Content.Text("三月账单.pdf\n[文件] 点击下载：https://kf.bank.example/files/7"));
        assertThat(downgrade.fit(new Content.Video(media, null, "开卡步骤", "三分钟看懂"), WORDS))
                .containsExactly(
                        new Content.Text(
                                "开卡步骤\n三分钟看懂\n[视频] 点击观看：https://kf.bank.example/files/7"));
        assertThat(downgrade.fit(new Content.Video(media, null, null, null), WORDS))
                .containsExactly(new Content.Text("[视频] 点击观看：https://kf.bank.example/files/7"));
    }

    @Test
    void turnsAFileThatIsTooLargeIntoALink() {
        var small =
                Capabilities.words(TextLimit.characters(300))
                        .sends(Kind.IMAGE, Files.upTo(1_000_000, "image/png"))
                        .build();

        assertThat(downgrade.fit(new Content.Image(PICTURE), small))
                .singleElement()
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

        assertThat(said).hasSize(2).allMatch(WORDS::carries);
        assertThat(String.join("", said.stream().map(one -> ((Content.Text) one).body()).toList()))
                .isEqualTo(text);
    }

    private static ResourceBundleMessageSource words() {
        var words = new ResourceBundleMessageSource();
        words.setBasename("customer");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        return words;
    }
}
