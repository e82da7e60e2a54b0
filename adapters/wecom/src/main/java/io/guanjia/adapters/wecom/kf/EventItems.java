package io.guanjia.adapters.wecom.kf;

import static io.guanjia.adapters.wecom.kf.ItemReader.fields;
import static io.guanjia.adapters.wecom.kf.ItemReader.text;

import io.guanjia.adapters.wecom.kf.ItemReader.Origin;
import io.guanjia.gateway.channel.OneTimeCodes.Code;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Trigger;

import tools.jackson.databind.JsonNode;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Translates the events of a page: what a customer does besides writing, what became of a message
 * of ours, and what members of the corporation do. Source: 企业微信开发者中心, 读取消息 (94670), 事件消息.
 */
final class EventItems {

    private static final String ENTER = "enter_session";
    private static final String WELCOME_CODE = "welcome_code";
    private static final String SEND_FAIL = "msg_send_fail";
    private static final String SESSION = "session_status_change";

    private EventItems() {}

    static Inbound read(Origin origin, JsonNode item) {
        var event = item.path("event");
        var name = text(event, "event_type").toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            return origin.message(new Content.Unreadable(origin.raw()), null);
        }
        var failed = text(event, "fail_msgid");
        if (name.equals(SEND_FAIL) && !failed.isEmpty()) {
            return new Receipt(
                    origin.from(),
                    origin.dedupeKey(),
                    failed,
                    Receipt.Outcome.FAILED,
                    reason(event.path("fail_type").asInt(0)),
                    origin.sentAt(),
                    origin.raw());
        }
        var fields = fields(event, Set.of("event_type"));
        if (name.equals(SESSION)) {
            return origin.message(session(event, name, fields), null);
        }
        // Without a code there is nothing we may say.
        return !name.equals(ENTER) || text(event, WELCOME_CODE).isEmpty()
                ? origin.message(new Event.Other(name, fields), null)
                : origin.message(new Event.Entered(name, fields), Trigger.ENTER);
    }

    /** The code by which a customer who came in can be greeted. */
    static Optional<Code> welcome(InboundMessage message) {
        return message.content() instanceof Event.Entered entered
                ? Optional.ofNullable(entered.fields().get(WELCOME_CODE))
                        .map(
                                code ->
                                        new Code(
                                                code.toString().strip(),
                                                message.sentAt().plus(WecomKfAccount.WELCOME)))
                : Optional.empty();
    }

    /** What members do with a session in 企业微信; what the API does brings no such event. */
    private static Content session(JsonNode event, String name, Map<String, Object> fields) {
        return switch (event.path("change_type").asInt(0)) {
            // 从接待池接入, 转接, 重新接入已结束或已转接的会话
            case 1, 2, 4 ->
                    new Event.TakenElsewhere(text(event, "new_servicer_userid"), name, fields);
            case 3 -> new Event.LeftElsewhere(text(event, "old_servicer_userid"), name, fields);
            default -> new Event.Other(name, fields);
        };
    }

    private static String reason(int failType) {
        var words =
                switch (failType) {
                    case 1 -> "客服账号已删除";
                    case 2 -> "应用已关闭";
                    case 4 -> "会话已过期，超过48小时";
                    case 5 -> "会话已关闭";
                    case 6 -> "超过5条限制";
                    case 7 -> "未绑定视频号";
                    case 8 -> "主体未验证";
                    case 9 -> "未绑定视频号且主体未验证";
                    case 10 -> "用户拒收";
                    default -> "未知原因";
                };
        return "fail_type " + failType + " " + words;
    }
}
