package io.guanjia.gateway.media;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.Errands;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.media.AwaitedFiles.Due;
import io.guanjia.gateway.media.AwaitedFiles.Source;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/**
 * Fetches what customers send before the platform forgets it, and shows it at the desk once it is
 * here. Accounts do not wait for each other: a platform that does not answer keeps its own
 * customers' files back and nobody else's.
 */
public final class MediaIntake extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(MediaIntake.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Platforms keep what was sent for three days; the last hours are too close to bother. */
    private static final Duration WORTH_TRYING = Duration.ofHours(70);

    /** Before a file is tried again. Twice as long each time. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** Of one account, on one node. */
    private static final int SIDE_BY_SIDE = 8;

    /**
     * All files of a message come at once, so that it ends before the lease; 20 MB come at 3 Mbit/s
     * within it.
     */
    static final Duration LONGEST = Duration.ofSeconds(55);

    private final AwaitedFiles awaited;
    private final Channels channels;
    private final MediaFolder folder;
    private final MediaSettings settings;
    private final Doorbell doorbell;
    private final Clock clock;
    private final Duration longest;
    private final SparedAccounts accounts;
    private final Errands<Source, Due> errands;

    /**
     * @param longest how long one file may take
     */
    MediaIntake(
            AwaitedFiles awaited,
            Channels channels,
            MediaFolder folder,
            MediaSettings settings,
            Doorbell doorbell,
            Clock clock,
            Duration longest) {
        this.awaited = awaited;
        this.channels = channels;
        this.folder = folder;
        this.settings = settings;
        this.doorbell = doorbell;
        this.clock = clock;
        this.longest = longest;
        this.accounts = new SparedAccounts(awaited, clock, longest);
        this.errands =
                new Errands<>(
                        SIDE_BY_SIDE,
                        PAUSE,
                        accounts,
                        this::fetch,
                        failure ->
                                log.warn(
                                        "Files could not be seen to: {}",
                                        getMostSpecificCause(failure).getClass().getName()));
    }

    /**
     * Notes that these messages carry files still to be fetched. In the transaction that writes the
     * messages, after them.
     */
    public Mono<Void> expect(Collection<UUID> messages) {
        return messages.isEmpty() ? Mono.empty() : awaited.expect(messages);
    }

    /**
     * What came of one of a message's files.
     *
     * @param rest how long the platform wants to be left alone
     */
    private record Fetched(Media media, @Nullable Media kept, boolean again, Duration rest) {}

    /** Sees to what is due. */
    Mono<Void> round() {
        return errands.round();
    }

    @Override
    protected Flux<?> work() {
        return errands.work();
    }

    /** Each file by itself: a still that cannot be had costs nobody the film. */
    private Mono<Void> fetch(Due due) {
        return Flux.fromIterable(Carried.media(due.content()))
                .filter(Carried::elsewhere)
                .flatMap(media -> fetched(due, media))
                .collectList()
                .flatMap(files -> settle(due, files));
    }

    private Mono<Fetched> fetched(Due due, Media media) {
        return fetch(due.from(), media, called(due.content()))
                .map(kept -> new Fetched(media, kept, false, Duration.ZERO))
                .onErrorResume(failure -> Mono.just(failed(due, media, failure)));
    }

    /** What its sender called it, where the message says so. */
    private static @Nullable String called(Content content) {
        return content instanceof Content.File file ? file.name() : null;
    }

    private Mono<Media> fetch(Address from, Media media, @Nullable String name) {
        return channels.require(from.channel())
                .fetch(
                        from,
                        media,
                        stream ->
                                folder.save(
                                        stream.bytes(),
                                        stream.mimeType(),
                                        name == null ? stream.name() : name,
                                        settings.limit().toBytes()))
                .timeout(longest)
                .map(
                        stored ->
                                new Media(
                                        stored.id().toString(),
                                        media.platformId(),
                                        media.source(),
                                        stored.mimeType(),
                                        stored.size()));
    }

    /** What is gone for good, or refused, stays a placeholder; the rest comes again later. */
    private Fetched failed(Due due, Media media, Throwable failure) {
        var lasting =
                failure instanceof MediaRejected
                        || (failure instanceof MediaUnavailable gone && gone.lasting());
        var again = !lasting && clock.instant().isBefore(due.receivedAt().plus(WORTH_TRYING));
        log.warn(
                "A file of {} could not be fetched: {}{}",
                due.from(),
                failure.getClass().getSimpleName(),
                again ? ", trying again" : "");
        return new Fetched(
                media,
                null,
                again,
                failure instanceof MediaUnavailable limited ? limited.rest() : Duration.ZERO);
    }

    private Mono<Void> settle(Due due, List<Fetched> files) {
        var kept = new HashMap<Media, Media>();
        for (var file : files) {
            if (file.kept() != null) {
                kept.put(file.media(), file.kept());
            }
        }
        var done = files.stream().noneMatch(Fetched::again);
        var rest = files.stream().map(Fetched::rest).reduce(Duration.ZERO, MediaIntake::longer);
        heed(due, rest, done || !kept.isEmpty());
        if (kept.isEmpty()) {
            return done ? awaited.forget(due) : again(due, rest);
        }
        var content = Carried.with(due.content(), media -> kept.getOrDefault(media, media));
        return awaited.keep(due, content, done)
                .then(done ? Mono.empty() : again(due, rest))
                .then(Mono.defer(() -> doorbell.ring(List.of(due.conversation()))));
    }

    private void heed(Due due, Duration rest, boolean answered) {
        var account = new Source(due.from().channel(), due.from().account());
        if (!rest.isZero()) {
            accounts.spare(account, clock.instant().plus(rest));
        } else if (answered) {
            accounts.answered(account);
        }
    }

    private Mono<Void> again(Due due, Duration rest) {
        return Mono.defer(
                () ->
                        awaited.again(
                                due,
                                clock.instant().plus(longer(rest, waitAfter(due.attempts())))));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration waitAfter(int attempts) {
        var doubled = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 10));
        return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    }
}
