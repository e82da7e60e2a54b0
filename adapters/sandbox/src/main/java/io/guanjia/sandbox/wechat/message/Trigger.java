package io.guanjia.sandbox.wechat.message;

/** What an action entitles the account to: customer-service messages, some, for some time. */
public enum Trigger {
    MESSAGE,
    MENU_CLICK,
    SUBSCRIBE,
    SCAN,
    ENTER,
    NOTHING
}
