package io.guanjia.weixin.callback;

import static io.guanjia.weixin.callback.EventFields.value;

import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Receipt.Outcome;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Translates the events by which the platform tells what became of a message it had taken. Source:
 * 微信开放文档, 模板消息 (TEMPLATESENDJOBFINISH), 订阅通知 (subscribe_msg_sent_event).
 *
 * <p>MASSSENDJOBFINISH (群发接口) is not among them: it is about everyone at once, and what it says,
 * how many were reached and how many were not, has no place in a receipt.
 */
final class ReceiptReader {

    private ReceiptReader() {}

    /** The receipts, none where the event is not one or names no message. */
    static List<Inbound> read(String event, Origin origin, XmlFields xml) {
        return switch (event) {
            case "templatesendjobfinish" -> job(origin, xml);
            case "subscribe_msg_sent_event" -> subscription(origin, xml);
            default -> List.of();
        };
    }

    private static List<Inbound> job(Origin origin, XmlFields xml) {
        var id = msgId(xml);
        if (id == null) {
            return List.of();
        }
        var status = xml.text("Status").strip();
        boolean sent = isSuccess(status);
        return List.of(receipt(origin, origin.eventKey(xml), id, sent, sent ? null : status));
    }

    /** One callback may bring several, each an entry of its own. */
    private static List<Inbound> subscription(Origin origin, XmlFields xml) {
        // In JSON the list stands alone, without a group around it.
        var group = xml.findGroup("SubscribeMsgSentEvent").orElse(xml);
        var receipts = new ArrayList<Inbound>();
        for (var entry : group.all("List")) {
            var id = msgId(entry);
            if (id == null) {
                return List.of();
            }
            boolean sent =
                    entry.text("ErrorCode").strip().equals("0")
                            || isSuccess(entry.text("ErrorStatus").strip());
            var key = origin.eventKey(xml) + ":" + receipts.size();
            receipts.add(receipt(origin, key, id, sent, sent ? null : reason(entry)));
        }
        return receipts;
    }

    private static Receipt receipt(
            Origin origin, String key, String id, boolean sent, @Nullable String reason) {
        return new Receipt(
                origin.from(),
                key,
                id,
                sent ? Outcome.DELIVERED : Outcome.FAILED,
                reason,
                origin.sentAt(),
                origin.raw());
    }

    private static String reason(XmlFields entry) {
        return (entry.text("ErrorCode") + " " + entry.text("ErrorStatus")).strip();
    }

    /** "success", "sendsuccess" and "send success" all occur. */
    private static boolean isSuccess(String status) {
        return status.toLowerCase(Locale.ROOT)
                .replace(" ", "")
                .replace("send", "")
                .equals("success");
    }

    /** Spelled with a capital D in these events, and not everywhere. */
    private static @Nullable String msgId(XmlFields xml) {
        var id = value(xml, "MsgID");
        return id == null ? value(xml, "MsgId") : id;
    }
}
