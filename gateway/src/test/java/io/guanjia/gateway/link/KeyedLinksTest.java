package io.guanjia.gateway.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.downgrade.ShortLink;
import io.guanjia.gateway.media.MediaSettings;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

class KeyedLinksTest {

    private static final String PAGE =
            "https://bank.example/calendar?from=2026-03-01&for=credit-cards";
    private static final String OURS = "https://kf.bank.example/";
    private static final String KEY = "only-for-tests-only-for-tests-only";

    private final KeyedLinks links = links(OURS, KEY);

    @Test
    void aLinkIsShortEnoughForAShortMessage() {
        var link = link(links, PAGE);

        assertThat(link.address()).isEqualTo("https://kf.bank.example/l/" + link.code());
        assertThat(link.code()).hasSize(10).matches(KeyedLinks::isCode);
        assertThat(link.url()).isEqualTo(PAGE);
    }

    @Test
    void aPageHasTheSameLinkOnEveryNodeAndNoOtherPageHas() {
        assertThat(link(links(OURS, KEY), PAGE)).isEqualTo(link(links, PAGE));
        assertThat(link(links, PAGE + "1").code()).isNotEqualTo(link(links, PAGE).code());
    }

    @Test
    void whoDoesNotHaveTheKeyKnowsNoCode() {
        var stranger = links(OURS, "the-key-of-somebody-else-entirely-");

        assertThat(link(stranger, PAGE).code()).isNotEqualTo(link(links, PAGE).code());
    }

    @Test
    void anAddressStaysWhereNoneIsShorter() {
        var asLong = "https://bank.example/page/" + "x".repeat(10);

        assertThat(asLong).hasSameSizeAs(link(links, PAGE).address());
        assertThat(links.to(asLong)).isEmpty();
        assertThat(links.to(asLong + "x")).isPresent();
    }

    @Test
    void thereAreNoneWithoutAnAddressOfOurs() {
        assertThat(links(null, null).to(PAGE)).isEmpty();
        assertThat(links(null, KEY).to(PAGE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bank.example/calendar?from=2026-03-01&for=credit-cards",
                "javascript:alert(document.cookie+document.location.href)",
                "weixin://dl/business/?appid=wx0000000000000009&path=pages/index",
                "data:text/html,<script>alert(1)</script>aaaaaaaaaaaaaaaaaa",
                "https:calendar?from=2026-03-01&for=credit-cards&more=0123",
                "https://bank.example/calendar?for=credit cards of somebody",
                "https://bank.example/calendar?from=2026\r\nSet-Cookie: a=b"
            })
    void onlyPagesHaveLinks(String other) {
        assertThat(links.to(other)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "123456789", "123456789AB", "0123456789", "12345678l9", "1234/56789"})
    void whatIsNoCodeIsKnownByItsLooks(String other) {
        assertThat(KeyedLinks.isCode(other)).isFalse();
    }

    @Test
    void aLinkInALogDoesNotSayWhereItLeads() {
        assertThat(link(links, PAGE).toString()).doesNotContain("calendar");
    }

    private static ShortLink link(KeyedLinks links, String url) {
        return links.to(url).orElseThrow();
    }

    private static KeyedLinks links(@Nullable String address, @Nullable String key) {
        return new KeyedLinks(
                new MediaSettings(
                        Path.of("unused"),
                        DataSize.ofMegabytes(1),
                        Set.of(),
                        List.of(),
                        address == null ? null : URI.create(address),
                        key,
                        Duration.ofHours(72),
                        null,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1)));
    }
}
