package io.guanjia.sandbox.wechat.message;

import io.guanjia.weixin.protocol.XmlWriter;

import org.jspecify.annotations.Nullable;

/** Something the platform tells the account by itself. */
public sealed interface ResultEvent extends Event {

    /** Tells what became of a template message. */
    record TemplateResult(String msgId, String status) implements ResultEvent {
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
            implements ResultEvent {
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
    record KfSession(String change, String kfAccount, @Nullable String to) implements ResultEvent {
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
}
