package io.guanjia.sandbox.wechat.message;

import io.guanjia.weixin.protocol.XmlWriter;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Something a customer sends. The platform gives each a {@code MsgId}. */
public sealed interface Message extends Action {

    @Override
    default String summary() {
        return msgType();
    }

    @Override
    default Trigger trigger() {
        return Trigger.MESSAGE;
    }

    @Override
    default boolean awaitsAnswer() {
        return true;
    }

    /** How it looks in the customer's own chat. */
    Bubble bubble();

    record Text(String content) implements Message {
        @Override
        public String msgType() {
            return "text";
        }

        @Override
        public Bubble bubble() {
            return new Bubble.Text(content);
        }

        @Override
        public void write(XmlWriter xml, Pictures pictures) {
            xml.cdata("Content", content);
        }
    }

    /**
     * A tap on an entry of a {@code msgmenu}. It arrives like a text, yet counts as a menu click.
     *
     * @param id the entry's id, sent as {@code bizmsgmenuid}
     */
    record MenuChoice(String id, String content) implements Message {
        @Override
        public String msgType() {
            return "text";
        }

        @Override
        public Trigger trigger() {
            return Trigger.MENU_CLICK;
        }

        @Override
        public Bubble bubble() {
            return new Bubble.Text(content);
        }

        @Override
        public void write(XmlWriter xml, Pictures pictures) {
            xml.cdata("Content", content).cdata("bizmsgmenuid", id);
        }
    }

    record Image(String mediaId) implements Message {
        @Override
        public String msgType() {
            return "image";
        }

        @Override
        public Bubble bubble() {
            return new Bubble.Image(mediaId);
        }

        @Override
        public void write(XmlWriter xml, Pictures pictures) {
            xml.cdata("PicUrl", pictures.address(mediaId)).cdata("MediaId", mediaId);
        }
    }

    /**
     * @param format {@code amr} or {@code speex}
     * @param recognition what speech recognition made of it, where the account has that switched on
     */
    record Voice(String mediaId, String format, @Nullable String recognition) implements Message {
        @Override
        public String msgType() {
            return "voice";
        }

        @Override
        public Bubble bubble() {
            return new Bubble.Voice(mediaId, recognition);
        }

        @Override
        public void write(XmlWriter xml, Pictures pictures) {
            xml.cdata("MediaId", mediaId).cdata("Format", format);
            xml.cdata("MediaId16K", mediaId);
            if (recognition != null) {
                xml.cdata("Recognition", recognition);
            }
        }
    }

    record Video(String mediaId, String thumbMediaId) implements Message {
        @Override
        public String msgType() {
            return "video";
        }

        @Override
        public Bubble bubble() {
            return new Bubble.Video(mediaId, null, null);
        }

        @Override
        public void write(XmlWriter xml, Pictures pictures) {
            xml.cdata("MediaId", mediaId).cdata("ThumbMediaId", thumbMediaId);
        }
    }

    record ShortVideo(String mediaId, String thumbMediaId) implements Message {
        @Override
        public String msgType() {
            return "shortvideo";
        }

        @Override
        public Bubble bubble() {
            return new Bubble.Video(mediaId, null, null);
        }

        @Override
        public void write(XmlWriter xml, Pictures pictures) {
            xml.cdata("MediaId", mediaId).cdata("ThumbMediaId", thumbMediaId);
        }
    }

    record Location(double latitude, double longitude, int scale, String label) implements Message {
        @Override
        public String msgType() {
            return "location";
        }

        @Override
        public Bubble bubble() {
            return new Bubble.Location(latitude, longitude, label);
        }

        @Override
        public void write(XmlWriter xml, Pictures pictures) {
            // X is the latitude.
            xml.plain("Location_X", Double.toString(latitude));
            xml.plain("Location_Y", Double.toString(longitude));
            xml.plain("Scale", scale).cdata("Label", label);
        }
    }

    record Link(String title, String description, String url) implements Message {
        @Override
        public String msgType() {
            return "link";
        }

        @Override
        public Bubble bubble() {
            return new Bubble.Link(title, description, url, null);
        }

        @Override
        public void write(XmlWriter xml, Pictures pictures) {
            xml.cdata("Title", title).cdata("Description", description).cdata("Url", url);
        }
    }

    /** Not in the documentation, but seen in the wild. The account cannot fetch it. */
    record File(String title, long size, String md5) implements Message {
        @Override
        public String msgType() {
            return "file";
        }

        @Override
        public Bubble bubble() {
            return new Bubble.Text("📄 " + title);
        }

        @Override
        public void write(XmlWriter xml, Pictures pictures) {
            xml.cdata("Title", title).cdata("Description", "").cdata("FileKey", md5 + "-key");
            xml.cdata("FileMd5", md5).plain("FileTotalLen", size);
        }
    }

    record MiniProgramPage(String title, String appId, String pagePath, String thumbMediaId)
            implements Message {
        @Override
        public String msgType() {
            return "miniprogrampage";
        }

        @Override
        public Bubble bubble() {
            return new Bubble.MiniProgram(title, appId, pagePath, thumbMediaId);
        }

        @Override
        public void write(XmlWriter xml, Pictures pictures) {
            xml.cdata("Title", title).cdata("AppId", appId).cdata("PagePath", pagePath);
            xml.cdata("ThumbUrl", pictures.address(thumbMediaId));
            xml.cdata("ThumbMediaId", thumbMediaId);
        }
    }

    /** Any other type, such as one the platform may invent tomorrow. */
    record Other(String msgType, Map<String, String> fields) implements Message {
        public Other {
            ElementNames.check(fields.keySet());
        }

        @Override
        public Bubble bubble() {
            return new Bubble.Text("[" + msgType + "]");
        }

        @Override
        public void write(XmlWriter xml, Pictures pictures) {
            fields.forEach(xml::cdata);
        }
    }
}
