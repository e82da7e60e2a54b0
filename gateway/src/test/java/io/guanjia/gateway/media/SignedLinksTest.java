package io.guanjia.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.message.Media;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.UriComponentsBuilder;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

class SignedLinksTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final UUID FILE = UUID.fromString("0195a000-0000-7000-8000-000000000001");
    private static final String KEY = "only-for-tests-only-for-tests-only";

    private final SignedLinks links = links(NOW);

    @Test
    void aLinkOpensItsFileForAWhile() {
        var link = link();

        assertThat(link.toString()).startsWith("https://kf.bank.example/files/" + FILE + "?until=");
        assertThat(opens(links, link)).isTrue();
        assertThat(opens(links(NOW.plus(Duration.ofHours(71))), link)).isTrue();
        assertThat(opens(links(NOW.plus(Duration.ofHours(72))), link)).isFalse();
    }

    @Test
    void nobodyCanMakeALinkOfTheirOwn() {
        var link = link();
        var until = until(link);
        var signature = signature(link);

        assertThat(links.good(UUID.randomUUID(), until, signature)).isFalse();
        assertThat(links.good(FILE, until + 1, signature)).isFalse();
        assertThat(links.good(FILE, until, signature + "A")).isFalse();
        assertThat(links.good(FILE, until, "")).isFalse();
    }

    @Test
    void thereAreNoLinksWithoutAnAddress() {
        var hidden = new SignedLinks(settings(null, null), Clock.systemUTC());

        assertThat(hidden.to(new Media(FILE.toString(), null, null, null, null))).isEmpty();
        assertThat(hidden.good(FILE, Long.MAX_VALUE, "")).isFalse();
        assertThat(links.to(Media.onPlatform("m", null))).isEmpty();
    }

    @Test
    void anAddressWithoutAKeyIsRefusedAtTheStart() {
        assertThatThrownBy(() -> settings(URI.create("https://kf.bank.example"), "short"))
                .hasMessageContaining("guanjia.media.link-key")
                .hasMessageNotContaining("short ");
        assertThat(settings(URI.create("https://kf.bank.example"), KEY).toString())
                .doesNotContain(KEY);
    }

    private URI link() {
        return links.to(new Media(FILE.toString(), null, null, "image/png", 3L)).orElseThrow();
    }

    private static boolean opens(SignedLinks links, URI link) {
        return links.good(FILE, until(link), signature(link));
    }

    private static long until(URI link) {
        return Long.parseLong(parameter(link, "until"));
    }

    private static String signature(URI link) {
        return parameter(link, "signature");
    }

    private static String parameter(URI link, String name) {
        return Objects.requireNonNull(
                UriComponentsBuilder.fromUri(link).build().getQueryParams().getFirst(name));
    }

    private static SignedLinks links(Instant now) {
        return new SignedLinks(
                settings(URI.create("https://kf.bank.example/"), KEY),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static MediaSettings settings(@Nullable URI address, @Nullable String key) {
        return new MediaSettings(
                Path.of("unused"),
                DataSize.ofMegabytes(1),
                Set.of(),
                List.of(),
                address,
                key,
                Duration.ofHours(72),
                null,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }
}
