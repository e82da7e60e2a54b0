package io.guanjia.trials.caller;

import io.guanjia.weixin.protocol.XmlWriter;

import java.time.Instant;
import java.util.Map;

/**
 * WeChat, for an official account or a mini program.
 *
 * @param json whether it calls in JSON
 */
public record WeixinCaller(String channel, Credentials account, boolean json) implements Caller {

    @Override
    public String customer(long number) {
        return "oTrial%022d".formatted(number);
    }

    @Override
    public Call call(Said said, Instant sent) {
        var seals = new Seals(account);
        return json
                ? seals.json(said.customer(), asJson(said), sent)
                : seals.xml(said.customer(), asXml(said), sent);
    }

    private String asXml(Said said) {
        return new XmlWriter()
                .cdata("ToUserName", account.originalId())
                .cdata("FromUserName", said.customer())
                .plain("CreateTime", said.at().getEpochSecond())
                .cdata("MsgType", "text")
                .cdata("Content", said.words())
                .plain("MsgId", Long.toString(said.id()))
                .toXml();
    }

    private String asJson(Said said) {
        return """
        {"ToUserName":"%s","FromUserName":"%s","CreateTime":%d,"MsgType":"text","Content":"%s",\
        "MsgId":%d}\
        """
                .formatted(
                        account.originalId(),
                        said.customer(),
                        said.at().getEpochSecond(),
                        said.words(),
                        said.id());
    }

    @Override
    public Kept kept() {
        return Kept.SUCCESS;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "app-id",
                account.appId(),
                "secret",
                "trial-secret",
                "token",
                account.token(),
                "aes-key",
                account.aesKey(),
                "mode",
                "safe",
                "answer-within",
                "1ms");
    }
}
