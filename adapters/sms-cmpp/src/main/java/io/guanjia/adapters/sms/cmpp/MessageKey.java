package io.guanjia.adapters.sms.cmpp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.cmpp.protocol.MsgId;
import io.guanjia.cmpp.protocol.Pdu.Deliver;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a phone's message is known by when the carrier delivers it again: its Msg_Id, the number it
 * was sent to and what it says.
 *
 * <p>By the book (CMPP 3.0, 8.4.3.2) the id would do, as it has the second, the gateway and a
 * sequence. But gateways that count in their own way begin anew when they restart, two of a carrier
 * may count alike, and no id has a year. Then another message of that phone would be taken for the
 * old one and lost. One that is delivered again says the same, so that tells them apart; only the
 * same words under the same id count as one.
 */
final class MessageKey {

    /** Of the digest, in bytes: enough to tell apart what one phone says under one id. */
    private static final int SHORT = 8;

    private MessageKey() {}

    /** Of a message that is whole in itself. */
    static String of(Deliver deliver) {
        return deliver.msgId() == 0
                // A gateway that numbers nothing repeats nothing that we could recognise.
                ? UUID.randomUUID().toString()
                : MsgId.text(deliver.msgId()) + '-' + digest(List.of(deliver));
    }

    /** The same message has the same key, whichever node brings it. */
    static String of(LongMessage message) {
        var parts = message.parts();
        var first = Objects.requireNonNull(parts.get(parts.firstKey()));
        var id =
                first.msgId() == 0
                        ? message.id().toString()
                        : MsgId.text(first.msgId()) + '-' + digest(parts.values());
        return message.isWhole()
                ? id
                : parts.keySet().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(",", id + ':', ""));
    }

    private static String digest(Collection<Deliver> delivers) {
        var digest = sha256();
        for (var deliver : delivers) {
            digest.update(deliver.destination().getBytes(UTF_8));
            digest.update((byte) deliver.data().format());
            digest.update(deliver.data().content());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, SHORT);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
