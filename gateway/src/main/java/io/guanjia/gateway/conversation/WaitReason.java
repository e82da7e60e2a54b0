package io.guanjia.gateway.conversation;

import java.util.Locale;

/** Why a customer waits for a person. */
public enum WaitReason {
    ASKED,
    BOT_FAILED,
    COMPLAINT,
    LOSS_OR_FRAUD,
    UNREADABLE,
    AGENT_AWAY,
    COLLEAGUE_SILENT;

    /** As stored and shown, such as {@code bot-failed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static WaitReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
