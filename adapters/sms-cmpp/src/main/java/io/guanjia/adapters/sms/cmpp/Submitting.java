package io.guanjia.adapters.sms.cmpp;

import io.guanjia.adapters.sms.line.Asking;
import io.guanjia.adapters.sms.line.LineFailure;
import io.guanjia.adapters.sms.line.Lines;
import io.guanjia.cmpp.protocol.MsgId;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.Segments;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Messages on their way to phones. A message of several parts is several submits; its id is that of
 * the last part.
 *
 * <p>All parts go at once over one connection: some gateways answer none before they have them all.
 * When the gateway takes some and holds up others, these are tried again here, because the outbox
 * could only send the whole once more.
 */
final class Submitting {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /** Some eight seconds in all: well within the time the gateway gives a channel. */
    private static final Retry PATIENTLY =
            Retry.backoff(3, Duration.ofSeconds(1))
                    .filter(Submitting::isHeldUp)
                    .onRetryExhaustedThrow((retry, signal) -> signal.failure());

    private final CmppAccount account;
    private final Lines<Pdu> lines;
    private final PartReports reports;
    private final Segments segments;
    private final AtomicInteger references =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1 << 16));

    Submitting(CmppAccount account, Lines<Pdu> lines, PartReports reports) {
        this.account = account;
        this.lines = lines;
        this.reports = reports;
        this.segments = account.segments();
    }

    /** Fails with {@link DeliveryException}. */
    Mono<Accepted> submit(OutboundMessage message) {
        if (!(message.content() instanceof Content.Text(String words))) {
            return Mono.error(new Refused("an SMS carries words only"));
        }
        var phone = PhoneNumbers.toDial(message.to().party());
        if (phone == null) {
            return Mono.error(new Unreachable("not a phone number"));
        }
        List<UserData> parts;
        try {
            parts = segments.of(account.signature() + words, references.incrementAndGet() & 0xffff);
        } catch (IllegalArgumentException tooLong) {
            return Mono.error(new Refused("longer than 255 parts"));
        }
        return parts.size() == 1
                ? submit(lines, phone, parts, 0).map(id -> new Accepted(MsgId.text(id)))
                : submitAll(phone, parts);
    }

    private Mono<Accepted> submitAll(String phone, List<UserData> parts) {
        return Mono.using(
                () -> reports.expect(PhoneNumbers.party(phone)),
                expected ->
                        lines.one()
                                .flatMapMany(
                                        line ->
                                                Flux.range(0, parts.size())
                                                        .flatMapSequential(
                                                                index ->
                                                                        tried(
                                                                                line, phone, parts,
                                                                                index),
                                                                parts.size()))
                                .collectList()
                                .flatMap(first -> completed(first, phone, parts))
                                .flatMap(
                                        ids -> {
                                            var name = MsgId.text(ids.getLast());
                                            return expected.are(name, ids)
                                                    .thenReturn(new Accepted(name));
                                        }),
                PartReports.Expected::close);
    }

    /** What became of one part. */
    private sealed interface Tried {
        record Taken(long id) implements Tried {}

        record Failed(DeliveryException why) implements Tried {}
    }

    private Mono<Tried> tried(Asking<Pdu> line, String phone, List<UserData> parts, int index) {
        return submit(line, phone, parts, index)
                .<Tried>map(Tried.Taken::new)
                .onErrorResume(DeliveryException.class, why -> Mono.just(new Tried.Failed(why)));
    }

    /** The ids of all parts, once every one is taken. */
    private Mono<List<Long>> completed(List<Tried> first, String phone, List<UserData> parts) {
        if (first.stream().noneMatch(Tried.Taken.class::isInstance)) {
            return Mono.error(whyNone(first));
        }
        return Flux.range(0, parts.size())
                .concatMap(
                        index ->
                                switch (first.get(index)) {
                                    case Tried.Taken(long id) -> Mono.just(id);
                                    case Tried.Failed(DeliveryException why) ->
                                            again(why, phone, parts, index);
                                })
                .collectList();
    }

    /** None was taken, so the message can go again whole, unless one may have been after all. */
    private static DeliveryException whyNone(List<Tried> all) {
        var reasons =
                all.stream()
                        .filter(Tried.Failed.class::isInstance)
                        .map(one -> ((Tried.Failed) one).why())
                        .toList();
        return reasons.stream()
                .filter(OutcomeUnknown.class::isInstance)
                .findFirst()
                .orElse(reasons.getFirst());
    }

    private Mono<Long> again(DeliveryException why, String phone, List<UserData> parts, int index) {
        var once =
                isHeldUp(why)
                        ? Mono.defer(() -> submit(lines, phone, parts, index))
                                .delaySubscription(FIRST_PAUSE)
                                .retryWhen(PATIENTLY)
                        : Mono.<Long>error(why);
        return once.onErrorMap(
                DeliveryException.class,
                last ->
                        new OutcomeUnknown(
                                "only some parts were taken: part %d of %d: %s"
                                        .formatted(index + 1, parts.size(), last.reason())));
    }

    private static boolean isHeldUp(Throwable why) {
        return why instanceof Throttled || why instanceof Unavailable;
    }

    private Mono<Long> submit(Asking<Pdu> line, String phone, List<UserData> parts, int index) {
        return line.ask(sequence -> pdu(sequence, phone, parts, index))
                .onErrorMap(this::translated)
                .map(
                        answer -> {
                            if (!(answer instanceof Pdu.SubmitAnswer(_, long id, int result))) {
                                throw new OutcomeUnknown("answered with something else");
                            }
                            if (result != 0) {
                                throw SubmitResult.failure(result);
                            }
                            return id;
                        });
    }

    private Pdu pdu(int sequence, String phone, List<UserData> parts, int index) {
        return new Pdu.Submit(
                sequence,
                0,
                parts.size(),
                index + 1,
                1,
                0,
                account.serviceId(),
                account.fees(),
                parts.get(index),
                account.sourceAddr(),
                "",
                "",
                account.srcId(),
                List.of(phone),
                0,
                "");
    }

    private Throwable translated(Throwable error) {
        if (!(error instanceof LineFailure failure)) {
            return error instanceof DeliveryException
                    ? error
                    : new Refused("cannot be written: " + error.getClass().getSimpleName());
        }
        return switch (failure.kind()) {
            case NO_ANSWER -> new OutcomeUnknown(failure.reason());
            case BUSY -> new Throttled(failure.reason(), Duration.ofSeconds(1));
            case NOT_SENT -> {
                var refusal = lines.refusal();
                yield refusal == null
                        ? new Unavailable(failure.reason())
                        // Of this node; another may be let in.
                        : new Unavailable("login refused: " + refusal.reason());
            }
        };
    }
}
