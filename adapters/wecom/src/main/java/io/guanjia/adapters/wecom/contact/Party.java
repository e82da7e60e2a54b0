package io.guanjia.adapters.wecom.contact;

import io.guanjia.adapters.wecom.CallbackFields;
import io.guanjia.weixin.protocol.XmlFields;

import java.util.Locale;
import java.util.regex.Pattern;

/** Whom something is about: a member, a customer ({@code wm…}, {@code wo…}) or a customer group. */
enum Party {
    MEMBER,
    CUSTOMER,
    GROUP;

    private static final Pattern CUSTOMERS = Pattern.compile("w[mo][0-9A-Za-z_-]{20,}");
    private static final Pattern GROUPS = Pattern.compile("wr[0-9A-Za-z_-]{20,}");

    static Party of(String id) {
        return CUSTOMERS.matcher(id).matches()
                ? CUSTOMER
                : GROUPS.matcher(id).matches() ? GROUP : MEMBER;
    }

    /** The id of whom a callback is about. */
    static String id(XmlFields xml) {
        for (var name : new String[] {"ExternalUserID", "ChatId"}) {
            var id = xml.text(name).strip();
            if (!id.isEmpty()) {
                return id;
            }
        }
        var sender = xml.text("FromUserName").strip();
        // Events that concern the corporation say so.
        return sender.isEmpty() || sender.toLowerCase(Locale.ROOT).equals("sys")
                ? CallbackFields.NOBODY
                : sender;
    }
}
