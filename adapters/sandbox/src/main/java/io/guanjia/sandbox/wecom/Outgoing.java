package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.phone.PhoneLine;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A message of the server's, checked as the platform does. Source: 企业微信开发者中心, 发送消息 (94677).
 *
 * @param kind as the phone shows it
 */
record Outgoing(
        String msgid,
        String kind,
        String text,
        @Nullable String url,
        List<PhoneLine.Option> options) {

    private static final Pattern MSGID = Pattern.compile("[0-9a-zA-Z_-]{1,32}");
    private static final Set<String> ON_EVENT = Set.of("text", "msgmenu");

    private static final int MAX_TEXT = 2048;
    private static final int MAX_OPTIONS = 10;
    private static final int MAX_MENU_WORDS = 1024;
    private static final int MAX_OPTION_ID = 64;
    private static final int MAX_OPTION_LABEL = 128;

    /** Reads one that answers an event. */
    static Outgoing onEvent(ObjectNode request, KfAccount account) {
        if (!ON_EVENT.contains(Json.text(request, "msgtype"))) {
            throw new CorpRefusal(CorpError.INVALID_MSGTYPE);
        }
        return read(request, account);
    }

    static Outgoing read(ObjectNode request, KfAccount account) {
        var given = Json.text(request, "msgid");
        if (!given.isEmpty() && !MSGID.matcher(given).matches()) {
            throw new CorpRefusal(CorpError.INVALID_ARGUMENT);
        }
        var msgid = given.isEmpty() ? UUID.randomUUID().toString().replace("-", "") : given;
        var type = Json.text(request, "msgtype");
        var said = request.path(type);
        return switch (type) {
            case "text" ->
                    new Outgoing(msgid, "text", words(said, "content", MAX_TEXT), null, List.of());
            case "image", "voice", "video", "file" -> file(msgid, type, said, account);
            case "link" -> {
                account.media().require(Json.text(said, "thumb_media_id"));
                yield new Outgoing(
                        msgid,
                        "card",
                        words(said, "title", MAX_TEXT),
                        words(said, "url", MAX_TEXT),
                        List.of());
            }
            case "miniprogram" -> {
                account.media().require(Json.text(said, "thumb_media_id"));
                required(said, "appid");
                yield new Outgoing(
                        msgid, "card", "小程序：" + required(said, "title"), null, List.of());
            }
            case "msgmenu" -> menu(msgid, said);
            case "location" ->
                    new Outgoing(msgid, "location", Json.text(said, "name"), null, List.of());
            case "business_card" ->
                    new Outgoing(msgid, "card", "名片：" + required(said, "userid"), null, List.of());
            case "ca_link" ->
                    new Outgoing(msgid, "card", "获客链接", required(said, "link_url"), List.of());
            default -> throw new CorpRefusal(CorpError.INVALID_MSGTYPE);
        };
    }

    PhoneLine line(Instant at, String note) {
        return new PhoneLine(at, false, kind, text, url, options, note);
    }

    private static Outgoing file(String msgid, String type, JsonNode said, KfAccount account) {
        var file = account.media().require(Json.text(said, "media_id"));
        if (!file.type().equals(type)) {
            throw new CorpRefusal(CorpError.INVALID_MEDIA_ID);
        }
        return new Outgoing(
                msgid,
                type,
                type.equals("file") ? file.name() : "",
                account.fileAddress(file),
                List.of());
    }

    private static Outgoing menu(String msgid, JsonNode said) {
        var options = new ArrayList<PhoneLine.Option>();
        var lines = new ArrayList<String>();
        lines.add(limited(Json.text(said, "head_content"), MAX_MENU_WORDS));
        for (var entry : said.path("list")) {
            var type = Json.text(entry, "type");
            var chosen = entry.path(type);
            switch (type) {
                case "click" ->
                        options.add(
                                new PhoneLine.Option(
                                        words(chosen, "id", MAX_OPTION_ID),
                                        words(chosen, "content", MAX_OPTION_LABEL)));
                case "view", "miniprogram", "text" -> lines.add(required(chosen, "content"));
                default -> throw new CorpRefusal(CorpError.INVALID_MENU);
            }
        }
        if (said.path("list").size() > MAX_OPTIONS) {
            throw new CorpRefusal(CorpError.MENU_TOO_LONG);
        }
        lines.add(limited(Json.text(said, "tail_content"), MAX_MENU_WORDS));
        lines.removeIf(String::isEmpty);
        return new Outgoing(msgid, "menu", String.join("\n", lines), null, options);
    }

    private static String words(JsonNode said, String field, int most) {
        var text = said.path(field).asString("");
        if (text.isBlank()) {
            throw new CorpRefusal(CorpError.EMPTY_CONTENT);
        }
        return limited(text, most);
    }

    private static String limited(String text, int most) {
        if (text.getBytes(UTF_8).length > most) {
            throw new CorpRefusal(CorpError.CONTENT_TOO_LONG);
        }
        return text;
    }

    private static String required(JsonNode said, String field) {
        var text = Json.text(said, field);
        if (text.isEmpty()) {
            throw new CorpRefusal(CorpError.INVALID_ARGUMENT);
        }
        return text;
    }
}
