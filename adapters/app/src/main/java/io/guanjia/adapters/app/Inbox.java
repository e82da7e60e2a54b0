package io.guanjia.adapters.app;

import io.guanjia.adapters.app.Refusal.Code;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.media.StoredMedia;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Receipt.Outcome;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Takes in what customers say, confirm and read. Done is what is durable. */
final class Inbox {

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    /** A client's clock is believed about what it kept while it was offline, within reason. */
    private static final Duration OLDEST = Duration.ofDays(365);

    private static final Duration ROUTED_WITHIN = Duration.ofSeconds(1);

    private final Intake intake;
    private final Threads threads;
    private final Acquaintances acquaintances;
    private final Uploads uploads;
    private final Clock clock;

    Inbox(
            Intake intake,
            Threads threads,
            Acquaintances acquaintances,
            Uploads uploads,
            Clock clock) {
        this.intake = intake;
        this.threads = threads;
        this.acquaintances = acquaintances;
        this.uploads = uploads;
        this.clock = clock;
    }

    /**
     * Completes once it is durable; only then may the client forget it. Safe to repeat with the
     * same id. Fails with {@link Refusal}.
     */
    Mono<Void> take(Customer customer, Said said) {
        return withFile(customer.address(), said.content())
                .zipWith(route(customer, said.id()))
                .map(both -> message(both.getT2(), said, both.getT1()))
                .flatMap(message -> intake.take(List.of(message)).thenReturn(true))
                .onErrorMap(
                        failure -> !(failure instanceof Refusal),
                        failure -> {
                            log.warn(
                                    "What a customer said cannot be kept now: {}",
                                    failure.toString());
                            return new Refusal(Code.UNAVAILABLE);
                        })
                .then();
    }

    /** Visitors have one address only. While the database is away it goes to the customer's own. */
    private Mono<Address> route(Customer customer, String id) {
        return customer.visitor()
                ? Mono.just(customer.address())
                : acquaintances
                        .route(customer.address(), id)
                        .timeout(ROUTED_WITHIN)
                        .onErrorReturn(customer.address());
    }

    private InboundMessage message(Address from, Said said, Content content) {
        var now = clock.instant();
        return new InboundMessage(
                from,
                said.id(),
                said.id(),
                content,
                Trigger.MESSAGE,
                sentAt(said, now),
                now,
                said.raw());
    }

    private static Instant sentAt(Said said, Instant now) {
        var at = said.at();
        return at == null || at.isAfter(now) || at.isBefore(now.minus(OLDEST)) ? now : at;
    }

    /** What a file is, we know from when it was uploaded. */
    private Mono<Content> withFile(Address from, Content content) {
        return switch (content) {
            case Content.Image image -> file(from, image.media()).map(Inbox::image);
            case Content.Voice voice -> file(from, voice.media()).map(Inbox::voice);
            case Content.Video video -> file(from, video.media()).map(Inbox::video);
            case Content.File file -> file(from, file.media()).map(Inbox::file);
            default -> Mono.just(content);
        };
    }

    private Mono<StoredMedia> file(Address from, Media media) {
        return Mono.justOrEmpty(media.id())
                .map(UUID::fromString)
                .flatMap(id -> uploads.find(id, from))
                .switchIfEmpty(Mono.error(() -> new Refusal(Code.NO_SUCH_FILE)));
    }

    private static Content image(StoredMedia kept) {
        return kept.mimeType().startsWith("image/") ? new Content.Image(ours(kept)) : file(kept);
    }

    private static Content voice(StoredMedia kept) {
        return kept.mimeType().startsWith("audio/")
                ? new Content.Voice(ours(kept), null, null)
                : file(kept);
    }

    private static Content video(StoredMedia kept) {
        return kept.mimeType().startsWith("video/")
                ? new Content.Video(ours(kept), null, null, null)
                : file(kept);
    }

    private static Content file(StoredMedia kept) {
        return new Content.File(ours(kept), kept.name(), kept.size());
    }

    private static Media ours(StoredMedia kept) {
        return new Media(kept.id().toString(), null, null, kept.mimeType(), kept.size());
    }

    /** A device of the customer's has everything up to that line; or they have read it. */
    Mono<Void> confirm(Customer customer, long upTo, boolean read) {
        return threads.unconfirmed(customer.address(), upTo, read)
                .map(found -> found.stream().map(each -> receipt(each, read)).toList())
                .flatMap(
                        receipts -> receipts.isEmpty() ? Mono.<Void>empty() : intake.take(receipts))
                .then(Mono.defer(() -> threads.confirm(customer.address(), upTo, read)));
    }

    private Receipt receipt(Threads.Unconfirmed message, boolean read) {
        var outcome = read ? Outcome.READ : Outcome.DELIVERED;
        return new Receipt(
                message.to(),
                message.delivery() + '/' + outcome,
                message.delivery(),
                outcome,
                null,
                clock.instant(),
                "");
    }

    /**
     * A visitor turns out to be a customer of the login's. Where a conversation of theirs goes on,
     * it does so, and whoever serves it learns who it is. Fails with {@link Refusal}.
     */
    Mono<Void> identify(Customer visitor, Customer customer) {
        return threads.link(visitor.address(), customer.address(), customer.name())
                .switchIfEmpty(Mono.error(() -> new Refusal(Code.VISITOR_TAKEN)))
                .flatMap(goesOn -> acquaintances.linked(customer.address()).thenReturn(goesOn))
                .filter(goesOn -> goesOn)
                .flatMap(_ -> intake.take(List.of(identified(visitor, customer))));
    }

    private InboundMessage identified(Customer visitor, Customer customer) {
        var now = clock.instant();
        var party = customer.address().party();
        return new InboundMessage(
                visitor.address(),
                // With a sign that no client's id has.
                "event:identified",
                null,
                new Event.Other("identified", fields(party, customer.name())),
                null,
                now,
                now,
                "");
    }

    private static Map<String, Object> fields(String party, @Nullable String name) {
        return name == null ? Map.of("customer", party) : Map.of("customer", party, "name", name);
    }
}
