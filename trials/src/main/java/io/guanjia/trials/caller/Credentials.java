package io.guanjia.trials.caller;

/**
 * What an account and its platform share, as WeChat and WeCom have it.
 *
 * @param appId the AppID, or the 企业ID
 */
public record Credentials(String originalId, String appId, String token, String aesKey) {

    static final String AES_KEY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456";

    /** Leaves out the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "Credentials[appId=" + appId + "]";
    }
}
