package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.weibo.ReplyWindow.Opening;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Something a user says or does, as the platform reports it.
 *
 * @param type {@code text}, {@code image}, {@code voice}, {@code position}, {@code mention}, {@code
 *     event} or anything else
 * @param text the words, or the platform's for what has none
 * @param data what belongs to the type
 * @param opening what it lets the account send
 */
public record Deed(String type, String text, ObjectNode data, Opening opening) {

    private static final DateTimeFormatter CREATED_AT =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.US)
                    .withZone(ZoneOffset.ofHours(8));

    public static Deed text(String words) {
        return new Deed("text", words, Json.object(), Opening.WIDE);
    }

    static Deed image(Files.File file) {
        return new Deed("image", "发了一张图片", ids(file), Opening.WIDE);
    }

    static Deed voice(Files.File file) {
        return new Deed("voice", "发了一个语音消息", ids(file), Opening.WIDE);
    }

    private static ObjectNode ids(Files.File file) {
        return Json.object().put("vfid", file.senders()).put("tovfid", file.receivers());
    }

    public static Deed position(String latitude, String longitude, String words) {
        return new Deed(
                "position",
                words,
                Json.object().put("longitude", longitude).put("latitude", latitude),
                Opening.WIDE);
    }

    /**
     * Names the account in public.
     *
     * @param where {@code status} or {@code comment}
     * @param id of the post
     */
    public static Deed mention(String where, String id, String words) {
        return new Deed(
                "mention", words, Json.object().put("subtype", where).put("key", id), Opening.ONCE);
    }

    public static Deed follow() {
        return event("follow", "关注事件消息", null, null, Opening.WIDE);
    }

    public static Deed unfollow() {
        return event("unfollow", "取消关注事件消息", null, null, Opening.NONE);
    }

    /** By the button; with a keyword, its words are the text. */
    public static Deed subscribe(@Nullable String keyword) {
        return event("subscribe", keyword == null ? "订阅事件消息" : keyword, null, null, Opening.WIDE);
    }

    public static Deed unsubscribe() {
        return event("unsubscribe", "取消订阅事件消息", null, null, Opening.NONE);
    }

    /** A follower scans a QR code, or somebody becomes one by it. */
    public static Deed scan(String scene, boolean following) {
        return event(
                following ? "scan" : "scan_follow", "扫描二维码", scene, "gQH" + scene, Opening.WIDE);
    }

    public static Deed click(String key) {
        return event("click", "自定义菜单点击事件消息", key, null, Opening.WIDE);
    }

    public static Deed view(String address) {
        return event("view", "自定义菜单跳转链接事件消息", address, null, Opening.NONE);
    }

    private static Deed event(
            String subtype,
            String text,
            @Nullable String key,
            @Nullable String ticket,
            Opening opening) {
        var data = Json.object().put("subtype", subtype);
        if (key != null) {
            data.put("key", key);
        }
        if (ticket != null) {
            data.put("ticket", ticket);
        }
        return new Deed("event", text, data, opening);
    }

    /** {@code text}, {@code event follow} … */
    String summary() {
        var subtype = Json.text(data, "subtype");
        return subtype.isEmpty() ? type : type + " " + subtype;
    }

    /** The body of a callback. */
    String report(long sender, long receiver, Instant at) {
        return Json.object()
                .put("type", type)
                .put("receiver_id", receiver)
                .put("sender_id", sender)
                .put("created_at", CREATED_AT.format(at))
                .put("text", text)
                .set("data", data)
                .toString();
    }
}
