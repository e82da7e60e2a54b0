package io.guanjia.sandbox.wechat.message;

import io.guanjia.weixin.protocol.XmlWriter;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * Something else that happens, mostly because a customer tapped somewhere. Has no {@code MsgId}.
 */
public sealed interface Event extends Action {

    /** The callback's {@code Event}, spelled as the platform spells it. */
    String event();

    /** What it was about, for the chat: a menu key, a scene, an address. */
    default String detail() {
        return "";
    }

    /** Writes the elements that follow {@code Event}. */
    void writeDetails(XmlWriter xml);

    @Override
    default String msgType() {
        return "event";
    }

    @Override
    default String summary() {
        return "event " + event();
    }

    @Override
    default Trigger trigger() {
        return Trigger.NOTHING;
    }

    @Override
    default boolean awaitsAnswer() {
        return trigger() != Trigger.NOTHING;
    }

    @Override
    default void write(XmlWriter xml, Pictures pictures) {
        xml.cdata("Event", event());
        writeDetails(xml);
    }

    /**
     * The customer begins to follow the account.
     *
     * @param scene what the QR code stood for when one was scanned
     */
    record Subscribe(@Nullable String scene) implements Event {
        @Override
        public String detail() {
            return scene == null ? "" : scene;
        }

        @Override
        public String event() {
            return "subscribe";
        }

        @Override
        public Trigger trigger() {
            return Trigger.SUBSCRIBE;
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            if (scene == null) {
                xml.cdata("EventKey", "");
            } else {
                xml.cdata("EventKey", "qrscene_" + scene).cdata("Ticket", Tickets.of(scene));
            }
        }
    }

    record Unsubscribe() implements Event {
        @Override
        public String event() {
            return "unsubscribe";
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", "");
        }
    }

    /** A follower scans a QR code with a scene. */
    record Scan(String scene) implements Event {
        @Override
        public String detail() {
            return scene;
        }

        @Override
        public String event() {
            return "SCAN";
        }

        @Override
        public Trigger trigger() {
            return Trigger.SCAN;
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", scene).cdata("Ticket", Tickets.of(scene));
        }
    }

    /** The position a follower shares whenever the chat is opened. */
    record ReportLocation(double latitude, double longitude, double precision) implements Event {
        @Override
        public String event() {
            return "LOCATION";
        }

        @Override
        public boolean awaitsAnswer() {
            return true;
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.plain("Latitude", Double.toString(latitude));
            xml.plain("Longitude", Double.toString(longitude));
            xml.plain("Precision", Double.toString(precision));
        }
    }

    record Click(String key) implements Event {
        @Override
        public String detail() {
            return key;
        }

        @Override
        public String event() {
            return "CLICK";
        }

        @Override
        public Trigger trigger() {
            return Trigger.MENU_CLICK;
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", key);
        }
    }

    record View(String url, String menuId) implements Event {
        @Override
        public String detail() {
            return url;
        }

        @Override
        public String event() {
            return "VIEW";
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", url).cdata("MenuId", menuId);
        }
    }

    record ViewMiniProgram(String pagePath, String menuId) implements Event {
        @Override
        public String detail() {
            return pagePath;
        }

        @Override
        public String event() {
            return "view_miniprogram";
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", pagePath).cdata("MenuId", menuId);
        }
    }

    /**
     * A menu entry that scans a code.
     *
     * @param waiting whether the phone shows 消息接收中 until the account answers ({@code
     *     scancode_waitmsg}) or not ({@code scancode_push})
     */
    record ScanCode(String key, String scanType, String result, boolean waiting) implements Event {
        @Override
        public String detail() {
            return result;
        }

        @Override
        public String event() {
            return waiting ? "scancode_waitmsg" : "scancode_push";
        }

        @Override
        public Trigger trigger() {
            return Trigger.MENU_CLICK;
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", key);
            xml.group(
                    "ScanCodeInfo",
                    info -> info.cdata("ScanType", scanType).cdata("ScanResult", result));
        }
    }

    /**
     * A menu entry that takes or picks pictures; the pictures follow as messages.
     *
     * @param from {@code pic_sysphoto}, {@code pic_photo_or_album} or {@code pic_weixin}
     */
    record SendPictures(String from, String key, List<String> md5) implements Event {
        public SendPictures {
            md5 = List.copyOf(md5);
        }

        @Override
        public String event() {
            return from;
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", key);
            xml.group(
                    "SendPicsInfo",
                    info ->
                            info.plain("Count", md5.size())
                                    .group(
                                            "PicList",
                                            list ->
                                                    md5.forEach(
                                                            sum ->
                                                                    list.group(
                                                                            "item",
                                                                            item ->
                                                                                    item.cdata(
                                                                                            "PicMd5Sum",
                                                                                            sum)))));
        }
    }

    /** A menu entry that picks a place; a location message follows. */
    record SelectLocation(String key, double latitude, double longitude, String label, String poi)
            implements Event {
        @Override
        public String detail() {
            return label;
        }

        @Override
        public String event() {
            return "location_select";
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("EventKey", key);
            xml.group(
                    "SendLocationInfo",
                    info ->
                            info.cdata("Location_X", Double.toString(latitude))
                                    .cdata("Location_Y", Double.toString(longitude))
                                    .cdata("Scale", "15")
                                    .cdata("Label", label)
                                    .cdata("Poiname", poi));
        }
    }

    /** The customer answers the question whether one subscription message may be sent. */
    record AnswerSubscription(String templateId, boolean accept) implements Event {
        @Override
        public String event() {
            return "subscribe_msg_popup_event";
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.group(
                    "SubscribeMsgPopupEvent",
                    all ->
                            all.group(
                                    "List",
                                    one ->
                                            one.cdata("TemplateId", templateId)
                                                    .cdata(
                                                            "SubscribeStatusString",
                                                            accept ? "accept" : "reject")
                                                    .cdata("PopupScene", "2")));
        }
    }

    /** The customer switches a subscription off in the account's settings. */
    record ChangeSubscription(String templateId, boolean accept) implements Event {
        @Override
        public String event() {
            return "subscribe_msg_change_event";
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.group(
                    "SubscribeMsgChangeEvent",
                    all ->
                            all.group(
                                    "List",
                                    one ->
                                            one.cdata("TemplateId", templateId)
                                                    .cdata(
                                                            "SubscribeStatusString",
                                                            accept ? "accept" : "reject")));
        }
    }

    /** Tells what became of a template message. */
    record TemplateResult(String msgId, String status) implements Event {
        @Override
        public String event() {
            return "TEMPLATESENDJOBFINISH";
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            // Spelled MsgID here, unlike everywhere else.
            xml.plain("MsgID", msgId).cdata("Status", status);
        }
    }

    /** Tells what became of a subscription message. */
    record SubscriptionResult(String templateId, String msgId, int errorCode, String errorStatus)
            implements Event {
        @Override
        public String event() {
            return "subscribe_msg_sent_event";
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.group(
                    "SubscribeMsgSentEvent",
                    all ->
                            all.group(
                                    "List",
                                    one ->
                                            one.cdata("TemplateId", templateId)
                                                    .cdata("MsgID", msgId)
                                                    .cdata("ErrorCode", "" + errorCode)
                                                    .cdata("ErrorStatus", errorStatus)));
        }
    }

    /**
     * The platform's own desk took, closed or handed over a chat.
     *
     * @param change {@code kf_create_session}, {@code kf_close_session} or {@code
     *     kf_switch_session}
     * @param to the account a switched session went to
     */
    record KfSession(String change, String kfAccount, @Nullable String to) implements Event {
        @Override
        public String event() {
            return change;
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            if (to == null) {
                xml.cdata("KfAccount", kfAccount);
            } else {
                xml.cdata("FromKfAccount", kfAccount).cdata("ToKfAccount", to);
            }
        }
    }

    /** Any other event: those about the account itself, or one nobody has heard of. */
    record Other(String event, Map<String, String> fields) implements Event {
        public Other {
            ElementNames.check(fields.keySet());
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            fields.forEach(xml::cdata);
        }
    }
}
