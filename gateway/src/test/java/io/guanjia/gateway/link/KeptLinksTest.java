package io.guanjia.gateway.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.downgrade.ShortLink;
import io.guanjia.gateway.outbound.TestClock;
import io.guanjia.gateway.outbound.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

class KeptLinksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration KEEP = Duration.ofDays(400);
    private static final ShortLink CALENDAR = link("a", "https://bank.example/calendar");
    private static final ShortLink FEES = link("b", "https://bank.example/fees");

    private final TestDatabase database = new TestDatabase();
    private final TestClock clock = new TestClock();
    private final KeptLinks links = new KeptLinks(database.client, new LinkSettings(KEEP), clock);

    @AfterEach
    void end() {
        database.close();
    }

    @Test
    void aLinkLeadsToItsPageOnceItIsKept() {
        assertThat(leadsTo(CALENDAR)).isNull();

        run(links.keep(List.of(FEES, CALENDAR, FEES)));
        run(links.keep(List.of()));

        assertThat(leadsTo(CALENDAR)).isEqualTo(URI.create("https://bank.example/calendar"));
        assertThat(leadsTo(FEES)).isEqualTo(URI.create("https://bank.example/fees"));
    }

    @Test
    void aLinkIsNotKeptWithoutWhatItWasToBeSaidIn() {
        var fails = Mono.<Void>error(new IllegalStateException("somebody was quicker"));
        var lost = inTransaction(links.keep(List.of(CALENDAR)).then(fails));

        assertThatThrownBy(() -> run(lost)).hasMessage("somebody was quicker");
        assertThat(leadsTo(CALENDAR)).isNull();
    }

    @Test
    void aLinkIsRemovedWhenNobodyWasSentItForLong() {
        run(links.keep(List.of(CALENDAR)));

        clock.advance(KEEP);
        assertThat(removed()).isZero();
        assertThat(leadsTo(CALENDAR)).isNotNull();

        clock.advance(Duration.ofSeconds(1));
        assertThat(removed()).isEqualTo(1);
        assertThat(leadsTo(CALENDAR)).isNull();
    }

    @Test
    void aLinkThatIsSaidAgainIsKeptAsLongAgain() {
        run(links.keep(List.of(CALENDAR)));
        clock.advance(KEEP.minusDays(1));
        run(links.keep(List.of(CALENDAR, FEES)));

        clock.advance(KEEP);
        assertThat(removed()).isZero();
        assertThat(leadsTo(CALENDAR)).isNotNull();
    }

    /** Or a card that is sent to thousands would have them wait for each other. */
    @Test
    void aLinkThatEverybodyIsSentIsWrittenOnceADay() {
        run(links.keep(List.of(CALENDAR)));
        var first = clock.instant();

        clock.advance(Duration.ofHours(23));
        run(links.keep(List.of(CALENDAR)));
        assertThat(saidAt(CALENDAR)).isEqualTo(first);

        clock.advance(Duration.ofHours(1));
        run(links.keep(List.of(CALENDAR)));
        assertThat(saidAt(CALENDAR)).isEqualTo(clock.instant());
    }

    @Test
    void whoSaysTheSameNewLinksAtOnceDoesNotGetInEachOthersWay() {
        var all =
                IntStream.range(0, 200)
                        .mapToObj(i -> link("code" + i, "https://bank.example/" + i))
                        .toList();

        run(Flux.range(0, 32).flatMap(i -> inTransaction(links.keep(shuffled(all, i))), 8).then());

        assertThat(all).allMatch(each -> URI.create(each.url()).equals(leadsTo(each)));
    }

    private static List<ShortLink> shuffled(List<ShortLink> links, int seed) {
        var shuffled = new ArrayList<>(links);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    private static ShortLink link(String code, String url) {
        return new ShortLink(code, "https://kf.bank.example/l/" + code, url);
    }

    private @Nullable URI leadsTo(ShortLink link) {
        return links.find(link.code()).block(PATIENCE);
    }

    private @Nullable Long removed() {
        return links.removeOld().block(PATIENCE);
    }

    private @Nullable Instant saidAt(ShortLink link) {
        return database.client
                .sql("select said_at from short_link where code = :code")
                .bind("code", link.code())
                .map(row -> Objects.requireNonNull(row.get("said_at", Instant.class)))
                .one()
                .block(PATIENCE);
    }

    private Mono<Void> inTransaction(Mono<Void> work) {
        return database.transaction.transactional(work);
    }

    private static void run(Mono<?> work) {
        work.block(PATIENCE);
    }
}
