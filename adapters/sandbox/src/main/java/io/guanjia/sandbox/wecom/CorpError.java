package io.guanjia.sandbox.wecom;

import java.util.Arrays;

/** What the platform refuses with. Source: 企业微信开发者中心, 全局错误码 (90313). */
enum CorpError {
    BUSY(-1, "system busy"),
    INVALID_SECRET(40001, "invalid credential"),
    INVALID_USERID(40003, "invalid userid"),
    INVALID_MEDIA_ID(40007, "invalid media_id"),
    INVALID_MSGTYPE(40008, "invalid msgtype"),
    INVALID_CORPID(40013, "invalid corpid"),
    INVALID_TOKEN(40014, "invalid access_token"),
    INVALID_CODE(40029, "invalid code"),
    INVALID_CHAT(40050, "invalid chatid"),
    INVALID_ARGUMENT(40058, "invalid argument"),
    INVALID_CUSTOMER(40096, "invalid external userid"),
    TOKEN_MISSING(41001, "access_token missing"),
    NOBODY_TO_SEND(41048, "no customer to send"),
    INVALID_WELCOME(41050, "welcome code is invalid or expired"),
    CHAT_STARTED(41051, "customer has started chatting"),
    TOKEN_EXPIRED(42001, "access_token expired"),
    EMPTY_MEDIA(44001, "empty media data"),
    EMPTY_CONTENT(44004, "text message content is empty"),
    MEDIA_TOO_LARGE(45001, "media data size out of limit"),
    CONTENT_TOO_LONG(45002, "message content size out of limit"),
    TOO_FREQUENT(45009, "api freq out of limit"),
    TOO_MANY_AT_ONCE(45033, "api concurrent out of limit"),
    NOT_JSON(47001, "data format error"),
    NOT_VISIBLE(81013, "user & party & tag all invalid"),
    NO_RELATION(84061, "not external contact"),
    INVALID_KFID(95000, "invalid open_kfid"),
    COUNT_LIMIT(95001, "send msg count limit"),
    TIME_LIMIT(95002, "send msg time limit"),
    INVALID_CALLBACK_TOKEN(95007, "invalid msgtoken"),
    MENU_TOO_LONG(95008, "menu item count out of limit"),
    INVALID_MENU(95009, "invalid menu item type"),
    NOT_A_SERVICER(95014, "not a servicer"),
    INVALID_TRANSITION(95016, "not allow service state transition"),
    API_OFF(95017, "api switch is off"),
    WRONG_STATE(95018, "send msg session status invalid"),
    NOT_ITS_AGENT(301002, "not allow operate another agent with this accesstoken"),
    UNKNOWN_API(404, "unknown api");

    private final int code;
    private final String message;

    CorpError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    int code() {
        return code;
    }

    /** In the platform's words, as far as they are known. */
    static String messageFor(int code) {
        var words =
                Arrays.stream(values())
                        .filter(error -> error.code == code)
                        .map(error -> error.message)
                        .findFirst()
                        .orElse("error");
        return words
                + ", hint: [0000000000], from ip: 127.0.0.1, more info at"
                + " https://open.work.weixin.qq.com/devtool/query?e="
                + code;
    }
}
