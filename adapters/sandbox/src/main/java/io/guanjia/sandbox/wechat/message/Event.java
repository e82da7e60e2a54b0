package io.guanjia.sandbox.wechat.message;

import io.guanjia.weixin.protocol.XmlWriter;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Something else that happens, mostly because a customer tapped somewhere. Has no {@code MsgId}.
 */
public sealed interface Event extends Action
        permits Event.Subscribe,
                Event.Unsubscribe,
                Event.Scan,
                Event.ReportLocation,
                Event.AnswerSubscription,
                Event.ChangeSubscription,
                Event.Enter,
                Event.Other,
                MenuEvent,
                ResultEvent {

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

    /**
     * The customer opens the conversation with a mini program.
     *
     * @param sessionFrom what the button they tapped carries
     */
    record Enter(String sessionFrom) implements Event {
        @Override
        public String event() {
            return "user_enter_tempsession";
        }

        @Override
        public String detail() {
            return sessionFrom;
        }

        @Override
        public Trigger trigger() {
            return Trigger.ENTER;
        }

        @Override
        public void writeDetails(XmlWriter xml) {
            xml.cdata("SessionFrom", sessionFrom);
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
