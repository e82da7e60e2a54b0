package io.guanjia.weixin.callback;

import io.guanjia.gateway.channel.AccountCheck;
import io.guanjia.weixin.protocol.MessageCrypt;

import org.jspecify.annotations.Nullable;

/** 消息加解密方式: which callbacks are accepted. */
public enum Mode {
    /** 明文模式. Encrypted callbacks are refused. */
    PLAIN,
    /** 兼容模式. Both are accepted, and each is answered in kind. */
    COMPATIBLE,
    /** 安全模式. Only encrypted callbacks are accepted: a plain signature covers no content. */
    SAFE;

    /** What is set, or the safest that is possible. */
    public static Mode orDefault(@Nullable Mode set, @Nullable String aesKey) {
        return set != null ? set : aesKey == null ? PLAIN : SAFE;
    }

    /** Whether the key is one, and there where it has to be. */
    public static void check(AccountCheck check, Mode mode, @Nullable String aesKey) {
        check.require(
                        aesKey == null || MessageCrypt.isAesKey(aesKey),
                        "aes-key must be 43 letters and digits: 消息加解密密钥(EncodingAESKey)")
                .require(
                        aesKey != null || mode != SAFE,
                        "aes-key must be set when mode is safe: 消息加解密密钥(EncodingAESKey)");
    }
}
