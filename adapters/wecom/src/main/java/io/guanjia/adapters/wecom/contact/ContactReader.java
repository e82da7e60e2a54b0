package io.guanjia.adapters.wecom.contact;

import static io.guanjia.adapters.wecom.CallbackFields.value;

import io.guanjia.adapters.wecom.CallbackFields;
import io.guanjia.adapters.wecom.CorpCallbacks.Opened;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.OneTimeCodes.Code;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/**
 * Translates one callback, of a self-built application or in a third party's form. Whatever does
 * not have the form we know becomes {@link Content.Unreadable}. Source: 企业微信开发者中心, 接收普通消息 (90239).
 */
final class ContactReader {

    private ContactReader() {}

    static InboundMessage read(Callback callback, Opened opened) {
        var xml = opened.xml();
        var party = Party.id(xml);
        var name = event(xml);
        return name.isEmpty()
                ? message(callback, opened, party)
                : CallbackFields.event(
                        callback,
                        opened,
                        party,
                        AppEvents.content(name, xml),
                        AppEvents.trigger(name, xml));
    }

    /** The code by which a new customer can be welcomed. */
    static Optional<Code> welcome(InboundMessage message) {
        return message.content() instanceof Event.Introduced introduced
                ? Optional.ofNullable(introduced.fields().get(AppEvents.WELCOME_CODE))
                        .map(
                                code ->
                                        new Code(
                                                code.toString().strip(),
                                                message.sentAt().plus(WecomAccount.WELCOME)))
                : Optional.empty();
    }

    /** In lower case; empty for a message. */
    private static String event(XmlFields xml) {
        var event = xml.text("Event").strip();
        return (event.isEmpty() ? xml.text("InfoType").strip() : event).toLowerCase(Locale.ROOT);
    }

    private static InboundMessage message(Callback callback, Opened opened, String party) {
        var xml = opened.xml();
        var content = content(xml);
        var said = content == null ? new Content.Unreadable(opened.raw()) : content;
        var id = value(xml, "MsgId");
        if (id == null) {
            return CallbackFields.event(callback, opened, party, said, Trigger.MESSAGE);
        }
        return new InboundMessage(
                new Address(callback.channel(), callback.account(), party),
                "m:" + party + ":" + id,
                id,
                said,
                Trigger.MESSAGE,
                CallbackFields.sentAt(callback, xml),
                callback.receivedAt(),
                opened.raw());
    }

    private static @Nullable Content content(XmlFields xml) {
        return switch (xml.text("MsgType").strip().toLowerCase(Locale.ROOT)) {
            case "text" -> {
                var words = xml.text("Content");
                yield words.isBlank() ? null : new Content.Text(words);
            }
            case "image" -> {
                var file = media(xml, "MediaId", value(xml, "PicUrl"));
                yield file == null ? null : new Content.Image(file);
            }
            case "voice" -> voice(xml);
            case "video" -> {
                var file = media(xml, "MediaId", null);
                yield file == null
                        ? null
                        : new Content.Video(file, media(xml, "ThumbMediaId", null), null, null);
            }
            case "location" -> location(xml);
            case "link" -> {
                var url = value(xml, "Url");
                yield url == null
                        ? null
                        : new Content.Link(
                                xml.text("Title"),
                                value(xml, "Description"),
                                url,
                                value(xml, "PicUrl"));
            }
            default -> null;
        };
    }

    private static @Nullable Content voice(XmlFields xml) {
        var id = value(xml, "MediaId");
        var format = value(xml, "Format");
        return id == null
                ? null
                : new Content.Voice(
                        new Media(
                                null,
                                id,
                                null,
                                "amr".equalsIgnoreCase(format) ? "audio/amr" : null,
                                null),
                        null,
                        format);
    }

    private static @Nullable Content location(XmlFields xml) {
        try {
            var scale = value(xml, "Scale");
            return new Content.Location(
                    Double.parseDouble(xml.text("Location_X").strip()),
                    Double.parseDouble(xml.text("Location_Y").strip()),
                    value(xml, "Label"),
                    scale == null ? null : Double.valueOf(scale));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Media media(XmlFields xml, String field, @Nullable String source) {
        var id = value(xml, field);
        return id == null && source == null ? null : Media.onPlatform(id, source);
    }
}
