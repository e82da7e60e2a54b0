package io.guanjia.sandbox.weibo;

import java.util.Arrays;

/** The platform's errors that are played. Source: 微博开放平台, 错误代码对照表. */
enum WeiboError {
    SYSTEM_ERROR(10001, "System error"),
    UNAVAILABLE(10002, "Service unavailable"),
    REMOTE_ERROR(10003, "Remote service error"),
    TOKEN_MISSING(10006, "Source paramter (appkey) is missing"),
    BAD_REQUEST(10008, "Param error, see doc for more info"),
    NO_PERMISSION(10014, "Insufficient app permissions"),
    PARAMETER_MISSING(10016, "Miss required parameter, see doc for more info"),
    PARAMETER_INVALID(10017, "Parameter's value invalid, see doc for more info"),
    METHOD(10021, "HTTP method is not suported for this request"),
    IP_RATE(10022, "IP requests out of rate limit"),
    USER_RATE(10023, "User requests out of rate limit"),
    API_RATE(10024, "User requests for this api out of rate limit"),
    NO_SUCH_USER(20003, "User does not exists"),
    EMPTY(20008, "Content is null"),
    TEXT_TOO_LONG(20013, "Text too long, please input text less than 300 characters"),
    TOO_FAST(20016, "Out of limit"),
    ILLEGAL_CONTENT(20021, "Content is illegal"),
    ACCOUNT_LOCKED(20034, "Account is locked"),
    NOT_A_FOLLOWER(20301, "Can't send direct message to user who is not your follower"),
    REPEATED(20306, "Repeated direct message text"),
    /** No page names the code of a message without quota; this is the nearest. */
    NO_QUOTA(20308, "Too many direct messages were sent"),
    TOKEN_REVOKED(21319, "Accessor was revoked"),
    TOKEN_EXPIRED(21327, "expired_token"),
    TOKEN_INVALID(21332, "invalid_access_token");

    private final int code;
    private final String words;

    WeiboError(int code, String words) {
        this.code = code;
        this.words = words;
    }

    int code() {
        return code;
    }

    static String wordsFor(int code) {
        return Arrays.stream(values())
                .filter(error -> error.code == code)
                .map(error -> error.words)
                .findAny()
                .orElse("error " + code);
    }

    /** Limits come as 403, all others as 400. */
    static int statusFor(int code) {
        return code >= IP_RATE.code && code <= API_RATE.code ? 403 : 400;
    }
}
