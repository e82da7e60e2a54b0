package io.guanjia.adapters.sms.tencent;

import io.guanjia.adapters.sms.Accounts;

import java.util.Map;

/** An account and callbacks as the platform makes them. */
final class Samples {

    static final String SECRET = "secret-key-value";

    static final Map<String, String> USUAL =
            Map.of(
                    "name", "main",
                    "secret-id", "secret-id-value",
                    "secret-key", SECRET,
                    "sms-sdk-app-id", "1400006666",
                    "sign-name", "小管家银行",
                    "text-template", "1110",
                    "callback-key", Accounts.KEY);

    private Samples() {}

    static TencentAccount account(Map<String, String> changes) {
        return Accounts.bind("sms-tencent", TencentSettings.class, USUAL, changes)
                .accounts()
                .getFirst();
    }

    static String reply(String text, long seconds) {
        return """
        {"extend":"","mobile":"13700000001","nationcode":"86","sign":"小管家银行","text":"%s",\
        "time":%d}
        """
                .formatted(text, seconds);
    }

    static String taken() {
        return status("Ok", "2019:1");
    }

    static String status(String code, String serialNo) {
        return """
        {"Response":{"SendStatusSet":[{"SerialNo":"%s","PhoneNumber":"+8613700000001","Fee":1,\
        "SessionContext":"d1","Code":"%s","Message":"…","IsoCode":"CN"}],"RequestId":"r"}}
        """
                .formatted(serialNo, code);
    }

    static String error(String code) {
        return "{\"Response\":{\"Error\":{\"Code\":\"%s\",\"Message\":\"…\"},\"RequestId\":\"r\"}}"
                .formatted(code);
    }
}
