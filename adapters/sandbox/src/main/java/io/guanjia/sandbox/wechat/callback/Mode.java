package io.guanjia.sandbox.wechat.callback;

import com.fasterxml.jackson.annotation.JsonProperty;

/** 消息加解密方式 as set in the account's console. */
public enum Mode {
    /** 明文模式. */
    @JsonProperty("plain")
    PLAIN,

    /** 兼容模式: plain and encrypted in one document; may be answered either way. */
    @JsonProperty("compatible")
    COMPATIBLE,

    /** 安全模式: encrypted only. */
    @JsonProperty("safe")
    SAFE
}
