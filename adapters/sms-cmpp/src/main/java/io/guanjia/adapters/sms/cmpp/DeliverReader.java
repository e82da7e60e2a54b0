package io.guanjia.adapters.sms.cmpp;

import static io.guanjia.adapters.sms.cmpp.CmppChannel.NAME;

import io.guanjia.cmpp.protocol.MsgFmt;
import io.guanjia.cmpp.protocol.MsgId;
import io.guanjia.cmpp.protocol.Pdu.Deliver;
import io.guanjia.cmpp.protocol.Report;
import io.guanjia.cmpp.protocol.UserDataHeader;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Receipt.Outcome;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Turns what a carrier delivers into the gateway's messages and receipts. */
final class DeliverReader {

    /** Stands where a part of a long message never came. */
    private static final String GAP = "[…]";

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter REPORT_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ROOT);

    private final CmppAccount account;
    private final Clock clock;

    DeliverReader(CmppAccount account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    /** A message that is whole in itself, and whose header is null where it cannot be read. */
    InboundMessage message(Deliver deliver, @Nullable UserDataHeader header) {
        var raw = raw(List.of(deliver));
        return message(
                party(account.name(), deliver.source()),
                deliver,
                MessageKey.of(deliver),
                header == null ? new Content.Unreadable(raw) : content(deliver, header, raw),
                raw);
    }

    /** A long message. */
    InboundMessage message(LongMessage message) {
        var parts = message.parts();
        var first = Objects.requireNonNull(parts.get(parts.firstKey()));
        var raw = raw(parts.values());
        var words = words(parts, message.total());
        return message(
                party(message.account(), first.source()),
                first,
                MessageKey.of(message),
                words == null || words.isBlank()
                        ? new Content.Unreadable(raw)
                        : new Content.Text(words),
                raw);
    }

    private InboundMessage message(
            Address from, Deliver deliver, String key, Content content, String raw) {
        var now = clock.instant();
        var sent = MsgId.time(deliver.msgId(), now);
        return new InboundMessage(
                from,
                key,
                deliver.msgId() == 0 ? null : MsgId.text(deliver.msgId()),
                content,
                Trigger.MESSAGE,
                sent == null ? now : sent,
                now,
                raw);
    }

    /**
     * What a report says of the whole message; its key is the report's own, so that it can come
     * twice.
     */
    Receipt receipt(Deliver deliver, Report report, String platformId, Outcome outcome) {
        return new Receipt(
                party(
                        account.name(),
                        report.destination().isBlank() ? deliver.source() : report.destination()),
                "report:" + MsgId.text(report.msgId()) + ':' + report.stat(),
                platformId,
                outcome,
                outcome == Outcome.FAILED ? report.stat() : null,
                doneTime(report),
                raw(List.of(deliver)));
    }

    /** Null for a state on the way, which ends nothing. */
    static @Nullable Outcome outcome(Report report) {
        return switch (report.stat()) {
            case "DELIVRD" -> Outcome.DELIVERED;
            case "ACCEPTD", "ENROUTE" -> null;
            default -> Outcome.FAILED;
        };
    }

    private Instant doneTime(Report report) {
        try {
            return LocalDateTime.parse(report.doneTime(), REPORT_TIME).atZone(CHINA).toInstant();
        } catch (DateTimeException e) {
            return clock.instant();
        }
    }

    private static Address party(String account, String terminal) {
        return new Address(NAME, account, PhoneNumbers.party(terminal));
    }

    private static Content content(Deliver deliver, UserDataHeader header, String raw) {
        var charset = MsgFmt.charset(deliver.data().format());
        if (charset == null) {
            return new Content.Unreadable(raw);
        }
        var bytes = deliver.data().content();
        var words =
                clean(new String(bytes, header.length(), bytes.length - header.length(), charset));
        return words.isBlank() ? new Content.Unreadable(raw) : new Content.Text(words);
    }

    /** Parts in one format are decoded together: some phones cut within a character. */
    private static @Nullable String words(SortedMap<Integer, Deliver> parts, int total) {
        var words = new StringBuilder();
        var run = new ByteArrayOutputStream();
        var format = -1;
        for (int number = 1; number <= total; number++) {
            var part = parts.get(number);
            if (part == null || part.data().format() != format) {
                if (!flush(run, format, words)) {
                    return null;
                }
            }
            if (part == null) {
                words.append(GAP);
                format = -1;
                continue;
            }
            format = part.data().format();
            var header = UserDataHeader.of(part.data());
            int from = header == null ? 0 : header.length();
            run.write(part.data().content(), from, part.data().content().length - from);
        }
        return flush(run, format, words) ? clean(words.toString()) : null;
    }

    private static boolean flush(ByteArrayOutputStream run, int format, StringBuilder words) {
        if (run.size() > 0) {
            var charset = MsgFmt.charset(format);
            if (charset == null) {
                return false;
            }
            words.append(run.toString(charset));
            run.reset();
        }
        return true;
    }

    /** Some phones fill up with zeros, and no database takes one. */
    private static String clean(String words) {
        int end = words.length();
        while (end > 0 && words.charAt(end - 1) == 0) {
            end--;
        }
        return words.substring(0, end).replace('\0', '\ufffd');
    }

    /** The PDUs as they came. */
    private String raw(Collection<Deliver> delivers) {
        return delivers.stream()
                .map(deliver -> RawDeliver.text(deliver, account.protocol()))
                .collect(Collectors.joining("\n"));
    }
}
