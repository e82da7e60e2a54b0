package io.guanjia.trials.caller;

import io.guanjia.weixin.protocol.Signature;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** 微博粉丝服务平台. Its messages have no id: who, when and what tell them apart. */
public record WeiboCaller(String appSecret) implements Caller {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH)
                    .withZone(ZoneId.of("Asia/Shanghai"));
    private static final long FIRST_UID = 6_000_000_000L;

    @Override
    public String channel() {
        return "weibo";
    }

    @Override
    public String customer(long number) {
        return Long.toString(FIRST_UID + number);
    }

    @Override
    public Call call(Said said, Instant sent) {
        var timestamp = Long.toString(sent.toEpochMilli());
        var nonce = Integer.toString(ThreadLocalRandom.current().nextInt(100_000_000));
        var query =
                "signature=%s&timestamp=%s&nonce=%s"
                        .formatted(Signature.of(appSecret, timestamp, nonce), timestamp, nonce);
        var body =
                """
                {"type":"text","receiver_id":5011223344,"sender_id":%s,"created_at":"%s",\
                "text":"%s","data":{}}\
                """
                        .formatted(said.customer(), TIME.format(said.at()), said.words());
        return new Call(query, Map.of("Content-Type", "application/json"), body);
    }

    @Override
    public Kept kept() {
        return Kept.SUCCESS;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "app-key", "1000000001",
                "app-secret", appSecret,
                "access-token", "trial-weibo-token",
                "answer-within", "1ms");
    }
}
