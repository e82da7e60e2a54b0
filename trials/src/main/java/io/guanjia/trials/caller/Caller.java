package io.guanjia.trials.caller;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Whoever brings customers' words to one account of the gateway, by HTTP. Any thread. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WeixinCaller.class, name = "weixin"),
    @JsonSubTypes.Type(value = CorpCaller.class, name = "corp"),
    @JsonSubTypes.Type(value = WeiboCaller.class, name = "weibo"),
    @JsonSubTypes.Type(value = SmsCaller.Aliyun.class, name = "sms-aliyun"),
    @JsonSubTypes.Type(value = SmsCaller.Tencent.class, name = "sms-tencent"),
    @JsonSubTypes.Type(value = SmsCaller.Http.class, name = "sms-http"),
    @JsonSubTypes.Type(value = AppCaller.class, name = "app"),
})
public sealed interface Caller permits WeixinCaller, CorpCaller, WeiboCaller, SmsCaller, AppCaller {

    /** The name of the account that {@link #all} are for. */
    String ACCOUNT = "trial";

    /** The gateway's name for the channel. */
    String channel();

    /** What a customer is called on the platform. */
    String customer(long number);

    /** The request by which the words arrive; another one for each try, where that is so. */
    Call call(Said said, Instant sent);

    /** The response that means that they are kept. */
    Kept kept();

    /** The account of the gateway, by the keys of its settings. */
    Map<String, String> settings();

    /** Where calls go. */
    default String path() {
        return "/callbacks/" + channel() + "/" + ACCOUNT;
    }

    /**
     * What a customer said.
     *
     * @param id differs between any two messages
     */
    record Said(String customer, long id, String words, Instant at) {}

    /**
     * One request, always a POST.
     *
     * @param query without a question mark
     */
    record Call(String query, Map<String, String> headers, String body) {}

    /**
     * @param status of the response
     * @param body how it begins; an empty one is as good where the platform takes that
     */
    record Kept(int status, String body, boolean orEmpty) {
        static final Kept SUCCESS = new Kept(200, "success", true);
    }

    /** One for each channel that is called by HTTP. */
    static List<Caller> all() {
        var credentials =
                new Credentials(
                        "gh_trial0000001",
                        "wx00000000000trial",
                        "trial-token",
                        Credentials.AES_KEY);
        return List.of(
                new WeixinCaller("wechat", credentials, false),
                new WeixinCaller("miniprogram", credentials, true),
                CorpCaller.kf(),
                CorpCaller.contact(),
                new WeiboCaller("trial-weibo-secret"),
                new SmsCaller.Aliyun("trial-callback-key-01"),
                new SmsCaller.Tencent("trial-callback-key-02"),
                new SmsCaller.Http("trial-sms-secret-0123456789"),
                app());
    }

    static AppCaller app() {
        return new AppCaller("trial-login-key-0123456789abcdef0");
    }
}
