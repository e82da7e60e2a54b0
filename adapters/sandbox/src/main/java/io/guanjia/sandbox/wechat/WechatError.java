package io.guanjia.sandbox.wechat;

/** Why the platform refuses a call. Codes and texts as in 微信开放文档, 全局返回码. */
public enum WechatError {
    BUSY(-1, "system error"),
    INVALID_CREDENTIAL(40001, "invalid credential, access_token is invalid or not latest"),
    INVALID_GRANT_TYPE(40002, "invalid grant_type"),
    INVALID_OPENID(40003, "invalid openid"),
    INVALID_MEDIA_TYPE(40004, "invalid media type"),
    INVALID_FILE_TYPE(40005, "invalid file type"),
    INVALID_MEDIA_SIZE(40006, "invalid media size"),
    INVALID_MEDIA_ID(40007, "invalid media_id"),
    INVALID_MESSAGE_TYPE(40008, "invalid message type"),
    INVALID_APPID(40013, "invalid appid"),
    INVALID_ACCESS_TOKEN(40014, "invalid access_token"),
    INVALID_BUTTON_COUNT(40017, "invalid button size"),
    INVALID_CHARSET(
            40033,
            "invalid charset. please check your request, if include \\uxxxx will create fail!"),
    INVALID_TEMPLATE(40037, "invalid template_id"),
    INVALID_URL(40066, "invalid url"),
    INVALID_SECRET(40125, "invalid appsecret"),
    IP_NOT_ALLOWED(40164, "invalid ip, not in whitelist"),
    TOKEN_MISSING(41001, "access_token missing"),
    APPID_MISSING(41002, "appid missing"),
    SECRET_MISSING(41004, "appsecret missing"),
    MEDIA_MISSING(41005, "media data missing"),
    MEDIA_ID_MISSING(41006, "media_id missing"),
    TOKEN_EXPIRED(42001, "access_token expired"),
    GET_NEEDED(43001, "require GET method"),
    POST_NEEDED(43002, "require POST method"),
    NOT_SUBSCRIBED(43004, "require subscribe"),
    REFUSED_BY_USER(43101, "user refuse to accept the msg"),
    EMPTY_BODY(44002, "empty post data"),
    EMPTY_NEWS(44003, "empty news data"),
    EMPTY_CONTENT(44004, "empty content"),
    MEDIA_TOO_LARGE(45001, "media size out of limit"),
    CONTENT_TOO_LONG(45002, "content size out of limit"),
    TOO_MANY_ARTICLES(45008, "article size out of limit"),
    DAILY_QUOTA(45009, "reach max api daily quota limit"),
    TOO_FREQUENT(45011, "api minute-quota reach limit, must slower, retry next minute"),
    OUTSIDE_WINDOW(45015, "response out of time limit or subscription is canceled"),
    WINDOW_USED_UP(45047, "out of response count limit"),
    CLIENT_MSG_ID_EXISTS(45065, "clientmsgid exist"),
    BAD_TYPING_COMMAND(45072, "invalid command"),
    TYPING_TOO_LATE(45080, "client did not send any message in the last 30 seconds"),
    ALREADY_TYPING(45081, "already typing"),
    MENU_MISSING(46003, "menu no exist"),
    USER_MISSING(46004, "user no exist"),
    NOT_JSON(47001, "data format error"),
    BAD_ARGUMENT(47003, "argument invalid!"),
    NOT_AUTHORISED(48001, "api unauthorized"),
    BLOCKED_BY_USER(48002, "user block receive message"),
    API_BANNED(48004, "api forbidden for irregularities"),
    CLEARED_TOO_OFTEN(48006, "forbid to clear quota because of reaching the limit"),
    USER_NOT_ALLOWED(50001, "user unauthorized"),
    USER_LIMITED(50002, "user limited"),
    ADDRESS_NOT_REGISTERED(61004, "access clientip is not registered"),
    NO_SUCH_API(76021, "cgi_path not found, please check");

    private final int code;
    private final String message;

    WechatError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    /** The {@code errcode}. */
    public int code() {
        return code;
    }

    /** The {@code errmsg}, without the request id the platform appends. */
    public String message() {
        return message;
    }

    /** The text for a code, also for one that is not listed here. */
    public static String messageFor(int code) {
        for (var error : values()) {
            if (error.code == code) {
                return error.message;
            }
        }
        return "error " + code;
    }
}
