package io.guanjia.sandbox.wecom;

import io.guanjia.weixin.protocol.XmlWriter;

/**
 * What the application hears of customers, groups and tags. Source: 企业微信开发者中心, 客户联系 事件格式 (92130,
 * 92277).
 */
final class CorpEvents {

    private final WecomAccount account;

    CorpEvents(WecomAccount account) {
        this.account = account;
    }

    private XmlWriter of(String event, String changeType) {
        return new XmlWriter()
                .cdata("ToUserName", account.settings().corpId())
                .cdata("FromUserName", "sys")
                .plain("CreateTime", account.now().getEpochSecond())
                .cdata("MsgType", "event")
                .cdata("Event", event)
                .cdata("ChangeType", changeType);
    }

    private XmlWriter contact(String changeType, Contact contact) {
        return of("change_external_contact", changeType)
                .cdata("UserID", contact.member().id())
                .cdata("ExternalUserID", contact.customer().id());
    }

    /**
     * @param changeType {@code add_external_contact} or {@code add_half_external_contact}
     * @param state of 联系我 by which the customer came, or empty
     * @param welcome the code by which they can be welcomed
     */
    String added(String changeType, Contact contact, String state, String welcome) {
        var xml = contact(changeType, contact);
        if (!state.isEmpty()) {
            xml.cdata("State", state);
        }
        return xml.cdata("WelcomeCode", welcome).toXml();
    }

    /** Remark, tags or the like have changed, or the contact has ended. */
    String changed(String changeType, Contact contact) {
        return contact(changeType, contact).toXml();
    }

    /**
     * The customer was not handed over to the member.
     *
     * @param reason {@code customer_refused} or {@code customer_limit_exceed}
     */
    String transferFailed(Contact contact, String reason) {
        return of("change_external_contact", "transfer_fail")
                .cdata("FailReason", reason)
                .cdata("UserID", contact.member().id())
                .cdata("ExternalUserID", contact.customer().id())
                .toXml();
    }

    /**
     * @param changeType {@code create} or {@code dismiss}
     */
    String group(String changeType, WecomGroup group) {
        return of("change_external_chat", changeType).cdata("ChatId", group.id()).toXml();
    }

    /** Another name, owner or notice. */
    String groupChanged(WecomGroup group, String detail) {
        return of("change_external_chat", "update")
                .cdata("ChatId", group.id())
                .cdata("UpdateDetail", detail)
                .toXml();
    }

    /**
     * Somebody came or went.
     *
     * @param detail {@code add_member} or {@code del_member}
     * @param scene how: {@code JoinScene} or {@code QuitScene}
     * @param before the version of the list of members until now
     */
    String membership(WecomGroup group, String detail, int scene, String who, String before) {
        return of("change_external_chat", "update")
                .cdata("ChatId", group.id())
                .cdata("UpdateDetail", detail)
                .plain(detail.equals("add_member") ? "JoinScene" : "QuitScene", scene)
                .plain("MemChangeCnt", 1)
                .group("MemChangeList", list -> list.cdata("Item", who))
                .cdata("LastMemVer", before)
                .cdata("CurMemVer", group.version())
                .toXml();
    }

    /**
     * @param changeType {@code create}, {@code update}, {@code delete} or {@code shuffle}
     * @param id of the tag; with {@code shuffle} of the group of tags that was put in order
     */
    String tag(String changeType, String id) {
        var xml = of("change_external_tag", changeType).cdata("Id", id);
        return (changeType.equals("shuffle") ? xml : xml.cdata("TagType", "tag")).toXml();
    }
}
