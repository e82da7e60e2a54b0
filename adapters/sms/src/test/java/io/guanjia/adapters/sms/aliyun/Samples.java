package io.guanjia.adapters.sms.aliyun;

import io.guanjia.adapters.sms.Accounts;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** An account and callbacks as the platform makes them. */
final class Samples {

    static final String SECRET = "access-key-secret-value";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

    static final Map<String, String> USUAL =
            Map.of(
                    "name", "main",
                    "access-key-id", "access-key-id-value",
                    "access-key-secret", SECRET,
                    "sign-name", "小管家银行",
                    "text-template", "SMS_100000001",
                    "callback-key", Accounts.KEY);

    private Samples() {}

    static AliyunAccount account(Map<String, String> changes) {
        return Accounts.bind("sms-aliyun", AliyunSettings.class, USUAL, changes)
                .accounts()
                .getFirst();
    }

    /**
     * SmsUp.
     *
     * @param id with quotation marks or without
     */
    static String up(String content, Instant at, String id) {
        return """
        [{"phone_number":"13700000001","content":"%s","send_time":"%s","dest_code":"88123",\
        "sequence_id":%s}]
        """
                .formatted(content, TIME.format(at), id);
    }
}
