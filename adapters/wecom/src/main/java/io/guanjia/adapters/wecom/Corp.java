package io.guanjia.adapters.wecom;

/**
 * Who we are towards 企业微信.
 *
 * @param tokenKey what the shared token is kept under
 * @param corpId 企业ID
 * @param secret of one application of that corporation
 */
public record Corp(String tokenKey, String corpId, String secret) {

    /** Leaves out the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "Corp[" + corpId + "]";
    }
}
