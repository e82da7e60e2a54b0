package io.guanjia.weixin.callback;

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
}
