package io.guanjia.adapters.wecom.kf;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.downgrade.Downgrade;
import io.guanjia.gateway.downgrade.Said;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Content.Option;
import io.guanjia.gateway.message.Content.Suggestions;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is a menu of 微信客服, and what its menus have no room for. */
class MenuRoomTest {

    private final FakeKf platform = new FakeKf();
    private final Kit kit = new Kit(platform, Map.of());
    private final Downgrade downgrade =
            new Downgrade(words(), Locale.CHINESE, _ -> Optional.empty(), _ -> Optional.empty());

    @AfterEach
    void end() {
        kit.close();
        platform.close();
    }

    @Test
    void aMenuHasTenEntriesAndElevenAreNumbered() {
        assertThat(said(entries(10))).containsExactly(entries(10));

        assertThat(said(entries(11)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Content.Text.class,
                        text ->
                                assertThat(text.body())
                                        .startsWith("您想问的是：\n1. 问题1\n")
                                        .endsWith("\n11. 问题11\n回复序号即可。"));
    }

    @Test
    void anEntryHas128BytesAndALongerOneIsNumberedWhole() {
        var most = "还".repeat(42) + "ab";
        var more = most + "c";

        assertThat(said(entry("a", most))).containsExactly(entry("a", most));
        assertThat(said(entry("a", more)))
                .containsExactly(new Content.Text("您想问的是：\n1. " + more + "\n回复序号即可。"));
    }

    @Test
    void anEntrysIdHas64Bytes() {
        assertThat(said(entry("i".repeat(64), "还款"))).containsExactly(entry("i".repeat(64), "还款"));

        assertThat(said(entry("i".repeat(65), "还款")))
                .containsExactly(new Content.Text("您想问的是：\n1. 还款\n回复序号即可。"));
    }

    @Test
    void theWordsAboveAndBelowHave1024Bytes() {
        var entries = entries(1).options();

        assertThat(said(menu("a".repeat(1024), entries, "b".repeat(1024))))
                .hasOnlyElementsOfType(Suggestions.class);
        assertThat(said(menu("a".repeat(1025), entries, null)))
                .hasOnlyElementsOfType(Content.Text.class);
        assertThat(said(menu("a", entries, "b".repeat(1025))))
                .hasOnlyElementsOfType(Content.Text.class);
    }

    @Test
    void aMiniProgramWithoutAPictureGetsAPlainOne() {
        var card = new Content.MiniProgram("还款", "wx1", "pages/repay", null);

        assertThat(said(card)).containsExactly(card);
    }

    private List<Content> said(Content content) {
        var account = kit.channel.accounts().iterator().next();
        return downgrade
                .fit(
                        content,
                        account.capabilities(),
                        one -> kit.channel.canSay(account.name(), one))
                .stream()
                .map(Said::content)
                .toList();
    }

    private static Suggestions entries(int count) {
        return menu(
                "您想问的是：",
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> new Option("q" + i, "问题" + i))
                        .toList(),
                null);
    }

    private static Suggestions entry(String id, String label) {
        return menu("您想问的是：", List.of(new Option(id, label)), null);
    }

    private static Suggestions menu(String text, List<Option> options, @Nullable String tail) {
        return new Suggestions(text, options, tail);
    }

    private static ResourceBundleMessageSource words() {
        var words = new ResourceBundleMessageSource();
        words.setBasename("customer");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        return words;
    }
}
