package io.guanjia.sandbox.sms;

/**
 * A template as the account has applied for it.
 *
 * @param content with variables in the provider's own style
 */
public record SmsTemplate(String id, String content, Type type) {

    /** 验证码, 通知 or 推广 (营销). */
    public enum Type {
        CODE,
        NOTICE,
        PROMOTION
    }
}
