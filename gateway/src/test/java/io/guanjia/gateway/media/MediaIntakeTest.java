package io.guanjia.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.outbound.TestClock;
import io.guanjia.gateway.outbound.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

class MediaIntakeTest {

    private static final Instant SENT = Instant.parse("2026-11-21T08:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder = Path.of("");
    private final TestDatabase database = new TestDatabase();
    private final Ids ids = Ids.timeOrdered();
    private final Platform platform = new Platform();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aStillThatIsGoneCostsNobodyTheFilm() {
        platform.gone.put("still", true);
        var message = receive(film());

        round(SENT);

        var film = (Content.Video) content(message);
        assertThat(film.media().id()).isNotNull();
        assertThat(Objects.requireNonNull(film.thumbnail()).id()).isNull();
        assertThat(stillToFetch()).isZero();
    }

    @Test
    void whatIsHereAlreadyIsNotFetchedAgainWithTheRest() {
        platform.gone.put("still", false);
        var message = receive(film());
        round(SENT);
        assertThat(stillToFetch()).isEqualTo(1);

        platform.gone.clear();
        round(SENT.plus(Duration.ofHours(1)));

        assertThat(((Content.Video) content(message)).thumbnail()).isNotNull();
        assertThat(platform.asked)
                .containsExactlyInAnyOrderEntriesOf(Map.of("film", 1, "still", 2));
        assertThat(stillToFetch()).isZero();
    }

    @Test
    void triesForNearlyAsLongAsThePlatformKeepsIt() {
        platform.gone.put("film", false);
        platform.gone.put("still", false);
        receive(film());

        for (int hour = 0; hour < 70; hour++) {
            round(SENT.plus(Duration.ofHours(hour)));
        }
        assertThat(stillToFetch()).isEqualTo(1);
        assertThat(platform.asked).containsEntry("film", 70);

        round(SENT.plus(Duration.ofHours(71)));
        assertThat(stillToFetch()).isZero();
    }

    @Test
    void whatCouldNotBeHadIsAskedForAgainWithinSecondsAndThenEverMoreSeldom() {
        platform.gone.put("picture", false);
        receive(new Content.Image(Media.onPlatform("picture", null)));

        var askedAt = new ArrayList<Integer>();
        for (int second = 0; second <= 200; second++) {
            var before = platform.asked.getOrDefault("picture", 0);
            round(SENT.plusSeconds(second));
            if (platform.asked.getOrDefault("picture", 0) > before) {
                askedAt.add(second);
            }
        }

        assertThat(askedAt).containsExactly(0, 5, 15, 35, 75, 155);
    }

    @Test
    void aPlatformThatWantsNoMoreCallsIsLeftAloneHoweverManyFilesWait() {
        var clock = new TestClock();
        clock.advance(Duration.between(clock.instant(), SENT));
        var intake = intake(clock, Duration.ofSeconds(1));
        platform.limits.put("demo", Duration.ofMinutes(1));
        receive(picture());
        intake.round().block(PATIENCE);
        for (int i = 0; i < 20; i++) {
            receive(picture());
        }
        var elsewhere = receive("other", new Content.Image(Media.onPlatform("film", null)));

        for (int second = 1; second < 60; second++) {
            clock.advance(Duration.ofSeconds(1));
            intake.round().block(PATIENCE);
        }
        assertThat(platform.asked).containsEntry("picture", 1);
        assertThat(((Content.Image) content(elsewhere)).media().id()).isNotNull();

        clock.advance(Duration.ofSeconds(1));
        intake.round().block(PATIENCE);
        assertThat(platform.asked).as("one goes first, to see").containsEntry("picture", 2);

        platform.limits.clear();
        clock.advance(Duration.ofMinutes(1));
        for (int round = 0; round < 4; round++) {
            intake.round().block(PATIENCE);
        }
        assertThat(stillToFetch()).isZero();
    }

    @Test
    void aFileThatDoesNotComeHoldsUpTheOthersForAWhileOnly() {
        platform.silent.add("still");
        var message = receive(film());

        round(SENT);

        assertThat(((Content.Video) content(message)).media().id()).isNotNull();
        assertThat(stillToFetch()).isEqualTo(1);
    }

    @Test
    void aPlatformThatDoesNotAnswerKeepsNobodyElsesFilesBack() {
        platform.silent.add("film");
        for (int i = 0; i < 30; i++) {
            receive("ill", film());
        }
        var intake = intake(Clock.fixed(SENT, ZoneOffset.UTC), Duration.ofMinutes(1));
        intake.start();
        try {
            await().until(() -> platform.asked.getOrDefault("film", 0) == 8);

            var message = receive(new Content.Image(Media.onPlatform("picture", null)));

            await().until(() -> ((Content.Image) content(message)).media().id() != null);
            assertThat(platform.asked).containsEntry("film", 8);
        } finally {
            intake.stop();
        }
    }

    @Test
    void aFileKeepsTheNameThatItsSenderGaveIt() {
        var message = receive(new Content.File(Media.onPlatform("doc", null), "对账单.txt", 6L));

        round(SENT);

        var kept = Objects.requireNonNull(((Content.File) content(message)).media().id());
        assertThat(nameOf(kept)).isEqualTo("对账单.txt");
    }

    @Test
    void aMessageThatThisReleaseCannotReadKeepsNoFilesBack() {
        var strange = receive(film());
        run(
                "update message set content = '{\"type\": \"hologram\"}' where id = '%s'"
                        .formatted(strange));
        var message = receive(film());

        round(SENT);

        assertThat(((Content.Video) content(message)).media().id()).isNotNull();
        assertThat(stillToFetch()).as("left for a release that can").isEqualTo(1);
    }

    @Test
    void whatANodeOfTheVersionBeforeAwaitsComesToo() {
        var message = receive(new Content.Image(Media.onPlatform("picture", null)));
        run("delete from media_fetch");
        run(
                "insert into media_fetch (message_id, not_before) values ('%s', '%s')"
                        .formatted(message, SENT));

        round(SENT);

        assertThat(((Content.Image) content(message)).media().id()).isNotNull();
    }

    private @Nullable String nameOf(String file) {
        return database.client
                .sql("select name from media where id = $1")
                .bind(0, UUID.fromString(file))
                .mapValue(String.class)
                .one()
                .block(PATIENCE);
    }

    private static Content picture() {
        return new Content.Image(Media.onPlatform("picture", null));
    }

    private static Content film() {
        return new Content.Video(
                Media.onPlatform("film", null), Media.onPlatform("still", null), null, null);
    }

    private void round(Instant now) {
        intake(Clock.fixed(now, ZoneOffset.UTC), Duration.ofSeconds(1)).round().block(PATIENCE);
    }

    private MediaIntake intake(Clock clock, Duration longest) {
        var settings =
                new MediaSettings(
                        folder,
                        DataSize.ofMegabytes(1),
                        Set.of("text/plain"),
                        List.of(),
                        null,
                        null,
                        Duration.ofHours(72),
                        null,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1));
        var files =
                new MediaFolder(
                        database.client,
                        new FolderShelf(folder, Schedulers.boundedElastic()),
                        settings,
                        ids,
                        clock,
                        Schedulers.boundedElastic());
        return new MediaIntake(
                new AwaitedFiles(database.client, JsonMapper.shared(), clock),
                new Channels(List.of(platform)),
                files,
                settings,
                new Deaf(),
                clock,
                longest);
    }

    private UUID receive(Content content) {
        return receive("demo", content);
    }

    private UUID receive(String account, Content content) {
        var party = ids.next();
        var conversation = ids.next();
        var message = ids.next();
        run(
                "insert into party (id, channel, account, party, first_seen_at)"
                        + " values ('%s', 'fake', '%s', '%s', now())"
                                .formatted(party, account, party));
        run(
                "insert into conversation (id, party_id, channel, account, party, state, since,"
                        + " opened_at, changed_at) values ('%s', '%s', 'fake', '%s', '%s', 'bot', now(),"
                                .formatted(conversation, party, account, party)
                        + " now(), now())");
        run(
                "insert into message (id, conversation_id, party_id, revision, direction,"
                        + " author_kind,"
                        + " content, sent_at, received_at) values ('%s', '%s', '%s', 0, 'in', 'customer',"
                                .formatted(message, conversation, party)
                        + " '%s'::jsonb, '%s', '%s')"
                                .formatted(
                                        JsonMapper.shared()
                                                .writerFor(Content.class)
                                                .writeValueAsString(content),
                                        SENT,
                                        SENT));
        intake(Clock.fixed(SENT, ZoneOffset.UTC), PATIENCE)
                .expect(List.of(message))
                .block(PATIENCE);
        return message;
    }

    private Content content(UUID message) {
        var stored =
                database.client
                        .sql("select content::text from message where id = $1")
                        .bind(0, message)
                        .mapValue(String.class)
                        .one()
                        .block(PATIENCE);
        return JsonMapper.shared().readValue(stored, Content.class);
    }

    private long stillToFetch() {
        return Objects.requireNonNull(
                database.client
                        .sql("select count(*) from media_fetch")
                        .mapValue(Long.class)
                        .one()
                        .block(PATIENCE));
    }

    private void run(String sql) {
        database.client.sql(sql).then().block(PATIENCE);
    }

    /** Has every file but those that are gone: for good where it says so. */
    private static final class Platform implements Channel {

        private final Map<String, Boolean> gone = new HashMap<>();
        private final Map<String, Integer> asked = new ConcurrentHashMap<>();
        private final Set<String> silent = new HashSet<>();
        private final Map<String, Duration> limits = new HashMap<>();

        @Override
        public <T> Mono<T> fetch(Address from, Media media, Function<MediaStream, Mono<T>> use) {
            var id = String.valueOf(media.platformId());
            asked.merge(id, 1, Integer::sum);
            if (silent.contains(id)) {
                return Mono.never();
            }
            var limit = limits.get(from.account());
            if (limit != null) {
                return Mono.error(MediaUnavailable.limited("too many calls", limit));
            }
            var forGood = gone.get(id);
            var bytes =
                    DefaultDataBufferFactory.sharedInstance.wrap(
                            "影片".getBytes(StandardCharsets.UTF_8));
            return forGood == null
                    ? use.apply(new MediaStream("a.txt", "text/plain", null, Flux.just(bytes)))
                    : Mono.error(new MediaUnavailable("not there", forGood));
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Collection<ChannelAccount> accounts() {
            return List.of();
        }

        @Override
        public Mono<CallbackResponse> handshake(Callback callback) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Reading> read(Callback callback) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Route route(Content content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Accepted> deliver(OutboundMessage message) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Deaf implements Doorbell {
        @Override
        public Mono<Void> ring(Collection<UUID> conversations) {
            return Mono.empty();
        }

        @Override
        public Flux<UUID> changes() {
            return Flux.never();
        }
    }
}
