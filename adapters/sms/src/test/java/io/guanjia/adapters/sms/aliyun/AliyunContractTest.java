package io.guanjia.adapters.sms.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.sms.Accounts;
import io.guanjia.adapters.sms.ErrorTable;
import io.guanjia.adapters.sms.SmsChannel;
import io.guanjia.adapters.sms.SmsContract;
import io.guanjia.contract.ContractOf;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@ContractOf("sms-aliyun")
class AliyunContractTest extends SmsContract {

    private static final String OK =
            "{\"Message\":\"OK\",\"RequestId\":\"r\",\"Code\":\"OK\",\"BizId\":\"9000^0\"}";

    private final SmsChannel<AliyunAccount> channel =
            new SmsChannel<>(
                    new AliyunProvider(CLOCK),
                    List.of(
                            Samples.account(
                                    Map.of(
                                            "api-base",
                                            platform.address().toString(),
                                            "timeout",
                                            "1s"))));

    @AfterEach
    void close() {
        channel.close();
    }

    @Override
    protected Channel channel() {
        return channel;
    }

    @Override
    protected List<String> secrets() {
        return List.of(Samples.SECRET, Accounts.KEY);
    }

    @Override
    protected String body(Said said) {
        return Samples.up(said.words(), said.at(), "\"" + said.number() + "\"");
    }

    @Override
    protected String unknownType(Said said) {
        return "[{\"phone_number\":\"13700000001\",\"mms_url\":\"https://mms.example/1\"}]";
    }

    @Override
    protected String report(String platformId, boolean delivered) {
        return """
        [{"phone_number":"13700000001","send_time":"2026-03-02 16:30:15",
          "report_time":"2026-03-02 16:30:18","success":%s,"err_code":"%s","err_msg":"…",
          "sms_size":"1","biz_id":"%s","out_id":"d1"}]
        """
                .formatted(
                        delivered, delivered ? "DELIVERED" : "MOBILE_NOT_ON_SERVICE", platformId);
    }

    @Override
    protected void platformTakes() {
        platform.answer("/", OK);
    }

    @Override
    protected int taken() {
        return platform.requests("/").size();
    }

    @Override
    protected String path() {
        return "/";
    }

    @Override
    protected ErrorTable errorTable() {
        return AliyunErrors.TABLE;
    }

    @Override
    protected String unheardOf() {
        return "isv.NEVER_HEARD_OF";
    }

    @Override
    protected void refuses(String code) {
        refuses(code, "");
    }

    private void refuses(String code, String message) {
        platform.answer(
                "/",
                "{\"Code\":\"%s\",\"Message\":\"%s\",\"RequestId\":\"r\"}"
                        .formatted(code, message));
    }

    @Override
    protected List<Failure> failures() {
        var failures = new ArrayList<Failure>();
        failures.add(refuses("isp.SYSTEM_ERROR", "系统错误", Unavailable.class));
        failures.add(refuses("InternalError", "", Unavailable.class));
        failures.add(refuses("Throttling.User", "", Throttled.class));
        failures.add(refuses("isv.BUSINESS_LIMIT_CONTROL", "触发分钟级流控Permits:1", Throttled.class));
        failures.add(refuses("isv.BUSINESS_LIMIT_CONTROL", "触发小时级流控Permits:5", Throttled.class));
        failures.add(refuses("isv.BUSINESS_LIMIT_CONTROL", "触发天级流控Permits:10", Refused.class));
        failures.add(refuses("isv.DAY_LIMIT_CONTROL", "", Blocked.class));
        failures.add(refuses("isv.MOBILE_NUMBER_ILLEGAL", "13700000001", Unreachable.class));
        failures.add(refuses("isv.BLACK_KEY_CONTROL_LIMIT", "", Refused.class));
        failures.add(refuses("isv.SMS_TEMPLATE_ILLEGAL", "", Blocked.class));
        failures.add(refuses("isv.SMS_SIGNATURE_ILLEGAL", "", Blocked.class));
        failures.add(refuses("isv.AMOUNT_NOT_ENOUGH", "", Blocked.class));
        failures.add(refuses("isp.RAM_PERMISSION_DENY", "", Blocked.class));
        failures.add(refuses("SignatureDoesNotMatch", Samples.SECRET, Blocked.class));
        failures.add(refuses("isv.NEVER_HEARD_OF", "", Refused.class));
        failures.add(
                failure(
                        "an answer without a code",
                        () -> platform.answer("/", "{}"),
                        OutcomeUnknown.class));
        return failures;
    }

    private Failure refuses(
            String code,
            String message,
            Class<? extends io.guanjia.gateway.channel.DeliveryException> becomes) {
        return failure(code + " " + message, () -> refuses(code, message), becomes);
    }

    @Test
    void readsAnIdThatIsANumberAsTheSameId() {
        var said = new Said("R", NOW, 7);

        assertThat(read(Samples.up("R", NOW, "7")).getFirst().dedupeKey())
                .isEqualTo(read(body(said)).getFirst().dedupeKey());
    }
}
