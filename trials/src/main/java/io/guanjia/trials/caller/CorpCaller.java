package io.guanjia.trials.caller;

import io.guanjia.weixin.protocol.XmlWriter;

import java.time.Instant;
import java.util.Map;

/**
 * WeCom: with words for an application, or with word that there is something to fetch for a 客服账号,
 * which is all that its callbacks say.
 */
public record CorpCaller(String channel, Credentials account) implements Caller {

    private static final String KF = "wecom-kf";
    private static final String KFID = "wkTrial000000000000000000000001";

    public static CorpCaller kf() {
        return of(KF);
    }

    public static CorpCaller contact() {
        return of("wecom");
    }

    private static CorpCaller of(String channel) {
        return new CorpCaller(
                channel,
                new Credentials(
                        "ww00000000000trial",
                        "ww00000000000trial",
                        "trial-token",
                        Credentials.AES_KEY));
    }

    @Override
    public String customer(long number) {
        return "member-%08d".formatted(number);
    }

    @Override
    public Call call(Said said, Instant sent) {
        return new Seals(account)
                .xml(said.customer(), channel.equals(KF) ? news(said) : words(said), sent);
    }

    private String words(Said said) {
        return new XmlWriter()
                .cdata("ToUserName", account.appId())
                .cdata("FromUserName", said.customer())
                .plain("CreateTime", said.at().getEpochSecond())
                .cdata("MsgType", "text")
                .cdata("Content", said.words())
                .plain("MsgId", Long.toString(said.id()))
                .plain("AgentID", "1000002")
                .toXml();
    }

    private String news(Said said) {
        return new XmlWriter()
                .cdata("ToUserName", account.appId())
                .plain("CreateTime", said.at().getEpochSecond())
                .cdata("MsgType", "event")
                .cdata("Event", "kf_msg_or_event")
                .cdata("Token", "T" + said.id())
                .cdata("OpenKfId", KFID)
                .toXml();
    }

    @Override
    public Kept kept() {
        return Kept.SUCCESS;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "corp-id",
                account.appId(),
                "secret",
                "trial-secret",
                "token",
                account.token(),
                "aes-key",
                account.aesKey(),
                channel.equals(KF) ? "open-kfid" : "agent-id",
                channel.equals(KF) ? KFID : "1000002");
    }
}
