package io.guanjia.weixin.callback;

import static io.guanjia.weixin.callback.EventFields.value;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Translates what a customer sends. Whatever does not have the form we know becomes {@link
 * Content.Unreadable}, never an error: a person can still read it. Source: 微信开放文档, 接收普通消息.
 */
public final class MessageReader {

    private static final Map<String, String> VOICE_TYPES =
            Map.of(
                    "amr", "audio/amr",
                    "speex", "audio/speex",
                    "mp3", "audio/mpeg");

    private final Events events;

    /**
     * @param events what there is besides messages
     */
    public MessageReader(Events events) {
        this.events = events;
    }

    /** What a callback brings: one thing, or several receipts. */
    public List<Inbound> read(Origin origin, XmlFields xml) {
        var type = xml.text("MsgType").strip().toLowerCase(Locale.ROOT);
        return type.equals("event") ? event(origin, xml) : List.of(message(type, origin, xml));
    }

    /** Event names are compared without case: the platform's own pages and its practice differ. */
    private List<Inbound> event(Origin origin, XmlFields xml) {
        var name = xml.text("Event").strip().toLowerCase(Locale.ROOT);
        var receipts = ReceiptReader.read(name, origin, xml);
        if (!receipts.isEmpty()) {
            return receipts;
        }
        return List.of(
                new InboundMessage(
                        origin.from(),
                        origin.eventKey(xml),
                        null,
                        name.isEmpty()
                                ? new Content.Unreadable(origin.raw())
                                : events.content(name, xml),
                        events.trigger(name),
                        origin.sentAt(),
                        origin.receivedAt(),
                        origin.raw()));
    }

    private static InboundMessage message(String type, Origin origin, XmlFields xml) {
        var content = content(type, origin, xml);
        var id = xml.text("MsgId").strip();
        return new InboundMessage(
                origin.from(),
                id.isEmpty() || id.equals("0") ? origin.eventKey(xml) : origin.messageKey(id),
                id.isEmpty() ? null : id,
                content,
                // A tap on a suggestion opens the window of a menu, not of a message.
                content instanceof Content.Choice ? Trigger.MENU : Trigger.MESSAGE,
                origin.sentAt(),
                origin.receivedAt(),
                origin.raw());
    }

    private static Content content(String type, Origin origin, XmlFields xml) {
        var content =
                switch (type) {
                    case "text" -> text(xml);
                    case "image" -> image(xml);
                    case "voice" -> voice(xml);
                    case "video", "shortvideo" -> video(xml);
                    case "location" -> location(xml);
                    case "link" -> link(xml);
                    case "file" -> file(xml);
                    case "miniprogrampage" -> miniProgram(xml);
                    default -> null;
                };
        return content == null ? new Content.Unreadable(origin.raw()) : content;
    }

    private static @Nullable Content text(XmlFields xml) {
        var body = xml.text("Content");
        if (body.isBlank()) {
            return null;
        }
        var choice = xml.text("bizmsgmenuid").strip();
        return choice.isEmpty() ? new Content.Text(body) : new Content.Choice(choice, body);
    }

    private static @Nullable Content image(XmlFields xml) {
        var id = value(xml, "MediaId");
        var source = value(xml, "PicUrl");
        return id == null && source == null
                ? null
                : new Content.Image(Media.onPlatform(id, source));
    }

    private static @Nullable Content voice(XmlFields xml) {
        var id = value(xml, "MediaId");
        if (id == null) {
            return null;
        }
        var format = value(xml, "Format");
        var mimeType = format == null ? null : VOICE_TYPES.get(format.toLowerCase(Locale.ROOT));
        return new Content.Voice(
                new Media(null, id, null, mimeType, null), value(xml, "Recognition"), format);
    }

    private static @Nullable Content video(XmlFields xml) {
        var id = value(xml, "MediaId");
        if (id == null) {
            return null;
        }
        var thumbnail = value(xml, "ThumbMediaId");
        return new Content.Video(
                Media.onPlatform(id, null),
                thumbnail == null ? null : Media.onPlatform(thumbnail, null),
                value(xml, "Title"),
                value(xml, "Description"));
    }

    private static @Nullable Content location(XmlFields xml) {
        var latitude = Numbers.decimal(xml.text("Location_X"));
        var longitude = Numbers.decimal(xml.text("Location_Y"));
        if (latitude == null || longitude == null) {
            return null;
        }
        return new Content.Location(
                latitude, longitude, value(xml, "Label"), Numbers.decimal(xml.text("Scale")));
    }

    private static @Nullable Content link(XmlFields xml) {
        var url = value(xml, "Url");
        return url == null
                ? null
                : new Content.Link(
                        xml.text("Title"), value(xml, "Description"), url, value(xml, "PicUrl"));
    }

    /** Undocumented, but seen. There is no API that hands out the file: the customer keeps it. */
    private static Content file(XmlFields xml) {
        var size = Numbers.whole(xml.text("FileTotalLen"));
        return new Content.File(
                new Media(null, value(xml, "MediaId"), null, null, size),
                value(xml, "Title"),
                size);
    }

    private static @Nullable Content miniProgram(XmlFields xml) {
        var appid = value(xml, "AppId");
        if (appid == null) {
            return null;
        }
        var id = value(xml, "ThumbMediaId");
        var source = value(xml, "ThumbUrl");
        return new Content.MiniProgram(
                xml.text("Title"),
                appid,
                xml.text("PagePath"),
                id == null && source == null ? null : Media.onPlatform(id, source));
    }
}
