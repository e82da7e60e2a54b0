package io.guanjia.adapters.wecom;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an error code of 企业微信 means for what happens next. Codes are those of 企业微信开发者中心, 全局错误码
 * (90313); those of 微信客服 begin with 95.
 */
public enum CorpError {
    /**
     * Busy (-1), another application sends a welcome at this moment (41096), or a task is being
     * handed out to members (41063). Again.
     */
    BUSY(-1, 41063, 41096) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new Unavailable(reason);
        }
    },
    /** The access token is wrong or expired. Refresh it once and try again. */
    STALE_TOKEN(40014, 42001) {
        @Override
        public DeliveryException toException(String api, String reason) {
            // Refused even when fresh: somebody has to look at the application.
            return new Blocked(reason, null, null);
        }
    },
    /**
     * The secret or the corporation is wrong (40001, 40013, 41002, 41004), our address is not in
     * 企业可信IP (60020), or 微信客服 is not ours to use: the account does not exist or is another
     * application's (95000, 95004), the secret is that of its stand-alone console while it is used
     * in 企业微信 (95011) or the other way round (95012), the switch for the API is off (95017), the
     * corporation has to be verified first (95003).
     */
    ACCOUNT_BLOCKED(40001, 40013, 41002, 41004, 60020, 95000, 95003, 95004, 95011, 95012, 95017) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new Blocked(reason, null, null);
        }
    },
    /** The application may not use this API, or the agentid is another application's (301002). */
    API_BLOCKED(48002, 48004, 301002) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new Blocked(reason, api, null);
        }
    },
    /**
     * Too many calls. The platform shuts us out for as long as the limit counts: a minute, an hour,
     * a day.
     */
    TOO_FAST(45009) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new Throttled(reason, Duration.ofSeconds(60));
        }
    },
    /** Too many calls at once. */
    TOO_MANY_AT_ONCE(45033) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new Throttled(reason, Duration.ofSeconds(2));
        }
    },
    /** Five messages since the customer's last (95001), 48 hours (95002), or 会话已经结束 (95013). */
    WINDOW_CLOSED(95001, 95002, 95013) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new WindowClosed(reason);
        }
    },
    /** The session is in a state that does not let us send, or not let us change it. */
    WRONG_STATE(95016, 95018) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new WindowClosed(reason);
        }
    },
    /** Not a 接待人员 of the account, or not at work (正在接待) at present. */
    NOT_A_SERVICER(95014) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new Refused(reason);
        }
    },
    /** No such customer or member, or one who is none of ours any more; nobody to send to. */
    UNREACHABLE(40096, 41048, 60111, 81013, 84061) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new Unreachable(reason);
        }
    },
    /** The platform has forgotten the file. One that we still have can be uploaded again. */
    MEDIA_GONE(40007) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new Refused(reason);
        }
    },
    /** The token that came with a callback is older than ten minutes. It can be read without. */
    STALE_CALLBACK_TOKEN(95007) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new Refused(reason);
        }
    },
    /** No welcome any more: the code is too old, or the two already talk. */
    NO_WELCOME(41050, 41051) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new Refused(reason);
        }
    },
    /** This message will never be taken. Also every code nobody here has heard of. */
    REFUSED(
            40003, 40008, 40029, 40058, 40063, 44001, 44004, 45001, 45002, 45008, 47001, 93008,
            95008, 95009, 95015) {
        @Override
        public DeliveryException toException(String api, String reason) {
            return new Refused(reason);
        }
    };

    private static final Map<Integer, CorpError> BY_CODE =
            Arrays.stream(values())
                    .flatMap(
                            error ->
                                    Arrays.stream(error.codes)
                                            .mapToObj(code -> Map.entry(code, error)))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** The platform's own words are left out: they can hold an id or an address. */
    private static final Map<Integer, String> WORDS =
            Map.ofEntries(
                    Map.entry(-1, "系统繁忙"),
                    Map.entry(40001, "不合法的secret参数"),
                    Map.entry(40007, "不合法的media_id"),
                    Map.entry(40013, "不合法的CorpID"),
                    Map.entry(40014, "不合法的access_token"),
                    Map.entry(40058, "不合法的参数"),
                    Map.entry(40096, "不合法的外部联系人userid"),
                    Map.entry(41048, "无可发送的客户"),
                    Map.entry(41063, "群发消息正在被派发中"),
                    Map.entry(41050, "不合法的welcome_code，或已过期"),
                    Map.entry(41051, "客户已经开始聊天"),
                    Map.entry(41096, "欢迎语已在发送中"),
                    Map.entry(42001, "access_token已过期"),
                    Map.entry(45009, "接口调用超过限制"),
                    Map.entry(45033, "接口并发调用超过限制"),
                    Map.entry(48002, "API接口无权限调用"),
                    Map.entry(60020, "不安全的访问IP"),
                    Map.entry(301002, "无权限操作指定的应用"),
                    Map.entry(81013, "成员不在应用可见范围内"),
                    Map.entry(84061, "不存在外部联系人的关系"),
                    Map.entry(95000, "不合法的open_kfid"),
                    Map.entry(95001, "发送客服消息次数限制"),
                    Map.entry(95002, "发送客服消息时间限制"),
                    Map.entry(95003, "企业未认证，可接待客户数受限"),
                    Map.entry(95004, "客服账号不存在"),
                    Map.entry(95007, "不合法的msgtoken"),
                    Map.entry(95011, "已在企业微信使用微信客服"),
                    Map.entry(95012, "未在企业微信使用微信客服"),
                    Map.entry(95013, "会话已经结束"),
                    Map.entry(95014, "用户不是接待人员"),
                    Map.entry(95016, "不允许这种状态转换"),
                    Map.entry(95017, "系统应用权限下，api开关状态被关闭"),
                    Map.entry(95018, "当前会话状态不允许发送消息"));

    private final int[] codes;

    CorpError(int... codes) {
        this.codes = codes;
    }

    /**
     * What to tell the gateway.
     *
     * @param api our name for the call
     * @param reason for people
     */
    public abstract DeliveryException toException(String api, String reason);

    public static CorpError of(int code) {
        return BY_CODE.getOrDefault(code, REFUSED);
    }

    /** Every code that was met before. */
    public static Set<Integer> codes() {
        return BY_CODE.keySet();
    }

    /** The code and its meaning. */
    public static String describe(int code) {
        var words = WORDS.get(code);
        return words == null ? "errcode " + code : "errcode " + code + " " + words;
    }
}
