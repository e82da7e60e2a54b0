package io.guanjia.sandbox.wecom;

import java.util.Arrays;

/**
 * What the platform refuses with. Source: 企业微信开发者中心, 全局错误码 (90313). Its table gives the meaning of
 * a code, in Chinese, and seldom the calls that answer with it.
 */
enum CorpError {
    BUSY(-1, "system busy"),
    INVALID_SECRET(40001, "invalid credential"),
    INVALID_USERID(40003, "invalid userid"),
    /** 不合法的媒体文件类型: the bytes are none of the declared type. */
    INVALID_MEDIA(40004, "invalid media type"),
    /** 不合法的type参数, which the table explains by 上传临时素材. */
    INVALID_TYPE(40005, "invalid file type"),
    INVALID_MEDIA_ID(40007, "invalid media_id"),
    INVALID_MSGTYPE(40008, "invalid msgtype"),
    INVALID_CORPID(40013, "invalid corpid"),
    INVALID_TOKEN(40014, "invalid access_token"),
    INVALID_CODE(40029, "invalid code"),
    /** chatid不存在. What 获取客户群详情 answers with: 微信开放社区, 服务端api获取客户群详情接口报错40050. */
    INVALID_CHAT(40050, "invalid group id"),
    /** 不合法的参数: a value or a list too long, one that is required and empty, no JSON. */
    INVALID_ARGUMENT(40058, "invalid Request Parameter"),
    INVALID_CUSTOMER(40096, "invalid external userid"),
    TOKEN_MISSING(41001, "access_token missing"),
    /** 缺少企业群发消息id. */
    SEND_ID_MISSING(41046, "missing msgid"),
    /** 无效的企业群发消息id. */
    INVALID_SEND_ID(41047, "invalid msgid"),
    /** 无可发送的客户. */
    NOBODY_TO_SEND(41048, "no customer to send"),
    INVALID_WELCOME(41050, "welcome code is invalid or expired"),
    CHAT_STARTED(41051, "customer has started chatting"),
    /** 附件数量超过限制. */
    TOO_MANY_ATTACHMENTS(41064, "too many attachments"),
    /** 无效的附件类型. */
    INVALID_ATTACHMENT(41065, "invalid attachment type"),
    TOKEN_EXPIRED(42001, "access_token expired"),
    EMPTY_MEDIA(44001, "empty media data"),
    EMPTY_CONTENT(44004, "text message content is empty"),
    MEDIA_TOO_LARGE(45001, "media data size out of limit"),
    CONTENT_TOO_LONG(45002, "message content size out of limit"),
    /**
     * 接口调用超过限制, by the minute, the hour, the day or the month. That a fourth 提醒成员群发 in 24 hours is
     * refused with it is our guess.
     */
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
    /** 会话已经结束. That sending is refused with it once a session is over is our guess. */
    SESSION_OVER(95013, "session is over"),
    NOT_A_SERVICER(95014, "not a servicer"),
    INVALID_TRANSITION(95016, "not allow service state transition"),
    API_OFF(95017, "api switch is off"),
    WRONG_STATE(95018, "send msg session status invalid"),
    /** 无权限操作指定的应用: the token is another application's than the agentid. */
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
