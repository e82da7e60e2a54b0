package io.guanjia.trials.caller;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SMS providers. A customer is a number in China, without its country code. */
public sealed interface SmsCaller extends Caller {

    @Override
    default String customer(long number) {
        return Long.toString(13_700_000_000L + number);
    }

    /** 阿里云短信服务, SmsUp. */
    record Aliyun(String key) implements SmsCaller {

        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                        .withZone(ZoneId.of("Asia/Shanghai"));

        @Override
        public String channel() {
            return "sms-aliyun";
        }

        @Override
        public Call call(Said said, Instant sent) {
            var body =
                    """
                    [{"phone_number":"%s","content":"%s","send_time":"%s","dest_code":"88123",\
                    "sequence_id":%d}]\
                    """
                            .formatted(
                                    said.customer(),
                                    said.words(),
                                    TIME.format(said.at()),
                                    said.id());
            return new Call("key=" + key, Map.of("Content-Type", "application/json"), body);
        }

        @Override
        public Kept kept() {
            return new Kept(200, "{\"code\":0,", false);
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "access-key-id", "trial-id",
                    "access-key-secret", "trial-secret",
                    "sign-name", "小管家银行",
                    "text-template", "SMS_100000001",
                    "callback-key", key);
        }
    }

    /** 腾讯云短信, 短信回复. It has no id: who, when and what tell one from another. */
    record Tencent(String key) implements SmsCaller {

        @Override
        public String channel() {
            return "sms-tencent";
        }

        @Override
        public Call call(Said said, Instant sent) {
            var body =
                    """
                    {"extend":"","mobile":"%s","nationcode":"86","sign":"小管家银行","text":"%s",\
                    "time":%d}\
                    """
                            .formatted(said.customer(), said.words(), said.at().getEpochSecond());
            return new Call("key=" + key, Map.of("Content-Type", "application/json"), body);
        }

        @Override
        public Kept kept() {
            return new Kept(200, "{\"result\":0,", false);
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "secret-id", "trial-id",
                    "secret-key", "trial-secret",
                    "sms-sdk-app-id", "1400006666",
                    "sign-name", "小管家银行",
                    "text-template", "1110",
                    "callback-key", key);
        }
    }

    /** The form of our own, signed. */
    record Http(String secret) implements SmsCaller {

        @Override
        public String channel() {
            return "sms-http";
        }

        @Override
        public Call call(Said said, Instant sent) {
            var body =
                    "[{\"type\":\"message\",\"id\":\"%d\",\"from\":\"+86%s\",\"text\":\"%s\",\"at\":\"%s\"}]"
                            .formatted(said.id(), said.customer(), said.words(), said.at());
            var timestamp = Long.toString(sent.getEpochSecond());
            return new Call(
                    "timestamp=" + timestamp + "&signature=" + sealed(timestamp + "\n" + body),
                    Map.of("Content-Type", "application/json"),
                    body);
        }

        private String sealed(String text) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
                return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Kept kept() {
            return new Kept(200, "{\"code\":\"ok\"", false);
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("secret", secret, "sign-name", "小管家银行");
        }
    }
}
