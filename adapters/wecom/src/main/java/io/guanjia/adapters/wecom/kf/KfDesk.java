package io.guanjia.adapters.wecom.kf;

import io.guanjia.adapters.wecom.CorpApi;
import io.guanjia.adapters.wecom.CorpCallbacks;
import io.guanjia.adapters.wecom.CorpMedia;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.Cursors;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.channel.SharedTokens;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** One 客服账号 at work: its callbacks, its stream, its API. */
final class KfDesk {

    /** How long the platform shuts us out that we called too often. */
    private static final Duration REST = Duration.ofSeconds(60);

    /** A stream that was not read to its end for so many rounds is behind. */
    private static final int ROUNDS_UNTIL_BEHIND = 5;

    private final WecomKfAccount settings;
    private final CorpCallbacks callbacks;
    private final CorpApi api;
    private final CorpMedia media;
    private final Sending sending;
    private final StreamReading reading;
    private final Cursors cursors;
    private final Cursors.Stream stream;
    private final Clock clock;
    private final Instant begun;

    private final AtomicInteger wanted = new AtomicInteger();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicReference<Instant> restsUntil = new AtomicReference<>(Instant.MIN);
    private volatile @Nullable String token;

    KfDesk(WecomKfAccount settings, Surroundings around) {
        var http = new ApiClient(settings.apiBase(), settings.timeout(), around.connections());
        this.settings = settings;
        this.callbacks = new CorpCallbacks(settings.token(), settings.aesKey(), settings.corpId());
        this.api = new CorpApi(settings.corp(), around.tokens(), http, around.clock());
        this.media = new CorpMedia(api, http, around.files(), around.clock());
        this.sending =
                new Sending(
                        settings,
                        api,
                        new KfMessage(media, around.clock()),
                        around.codes(),
                        around.clock());
        this.reading = new StreamReading(settings, api, around.intake(), around.clock());
        this.cursors = around.cursors();
        this.stream = new Cursors.Stream(WecomKfChannel.NAME, settings.name(), settings.openKfid());
        this.clock = around.clock();
        this.begun = clock.instant();
    }

    WecomKfAccount settings() {
        return settings;
    }

    CorpCallbacks callbacks() {
        return callbacks;
    }

    CorpMedia media() {
        return media;
    }

    Sending sending() {
        return sending;
    }

    // --- Reading ---------------------------------------------------------------------------------

    /** Counts a ring; true where nobody is at it yet. */
    boolean wanted(String callbackToken) {
        token = callbackToken;
        return wanted.getAndIncrement() == 0;
    }

    int timesWanted() {
        return wanted.get();
    }

    /** Takes rings off; true where that were all. */
    boolean served(int times) {
        return wanted.addAndGet(-times) == 0;
    }

    void nothingWanted() {
        wanted.set(0);
    }

    /** Reads because somebody rang. */
    Mono<Void> read() {
        return awake(Mono.defer(() -> cursors.read(stream, token, reading)));
    }

    /** Reads in case that nobody rang. */
    Mono<Void> lookAgain() {
        return awake(cursors.readUnlessWithin(settings.syncEvery(), stream, reading));
    }

    /** One look at a time. */
    Mono<Void> looking(Mono<Void> look) {
        return Mono.defer(
                () ->
                        looking.compareAndSet(false, true)
                                ? look.doFinally(end -> looking.set(false))
                                : Mono.empty());
    }

    /** Does not call for a while. */
    void rest() {
        restsUntil.set(clock.instant().plus(REST));
    }

    private Mono<Void> awake(Mono<Void> reading) {
        return Mono.defer(() -> isResting() ? Mono.empty() : reading);
    }

    /** A rest that has longer to go than any lasts began before the clock was set back. */
    private boolean isResting() {
        var now = clock.instant();
        var until = restsUntil.get();
        return now.isBefore(until) && !until.isAfter(now.plus(REST));
    }

    Flux<HealthSign> health() {
        return Flux.concat(
                api.health(),
                cursors.lastRead(stream)
                        // Before we were there nobody could have read.
                        .filter(begun::isBefore)
                        .defaultIfEmpty(begun)
                        .map(
                                at ->
                                        at.plus(behindAfter()).isBefore(clock.instant())
                                                ? HealthSign.ill("cursor", "behind")
                                                : HealthSign.well("cursor", null))
                        // Who cannot read it learns of it from the database's own health.
                        .onErrorComplete());
    }

    private Duration behindAfter() {
        return settings.syncEvery().multipliedBy(ROUNDS_UNTIL_BEHIND).plus(REST);
    }

    /** What all accounts share. */
    record Surroundings(
            SharedTokens tokens,
            MediaStore files,
            Cursors cursors,
            Intake intake,
            OneTimeCodes codes,
            ConnectionProvider connections,
            Clock clock) {}
}
