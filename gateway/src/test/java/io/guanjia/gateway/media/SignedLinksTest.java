package io.guanjia.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.message.Media;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;

class SignedLinksTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final UUID FILE = UUID.fromString("0195a000-0000-7000-8000-000000000001");
    private static final String KEY = "only-for-tests-only-for-tests-only";

    private final SignedLinks links = links(NOW);

    @Test
    void aLinkOpensItsFileForAWhile() {
        var name = name();

        assertThat(links.file(name)).contains(FILE);
        assertThat(links(NOW.plus(Duration.ofHours(72))).file(name)).contains(FILE);
        assertThat(links(NOW.plus(Duration.ofHours(72)).plusSeconds(60)).file(name)).isEmpty();
    }

    @Test
    void aLinkIsShortEnoughForAShortMessage() {
        assertThat(link().toString()).startsWith("https://kf.bank.example/f/").hasSize(26 + 43);
    }

    @Test
    void nobodyCanMakeALinkOfTheirOwn() {
        var bytes = Base64.getUrlDecoder().decode(name());
        for (var i = 0; i < bytes.length; i++) {
            var changed = bytes.clone();
            changed[i] ^= 1;
            assertThat(links.file(Base64.getUrlEncoder().encodeToString(changed))).isEmpty();
        }
        assertThat(links.file(name() + "AAAA")).isEmpty();
        assertThat(links.file("")).isEmpty();
        assertThat(links.file("no/name of ours")).isEmpty();
    }

    @Test
    void thereAreNoLinksWithoutAnAddress() {
        var hidden = new SignedLinks(settings(null, null), Clock.systemUTC());

        assertThat(hidden.to(new Media(FILE.toString(), null, null, null, null))).isEmpty();
        assertThat(hidden.file(name())).isEmpty();
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

    private String name() {
        return link().toString().replaceAll(".*/", "");
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
