package io.guanjia.adapters.sms.tencent;

import io.guanjia.adapters.sms.Accounts;
import io.guanjia.adapters.sms.ErrorTable;
import io.guanjia.adapters.sms.SmsChannel;
import io.guanjia.adapters.sms.SmsContract;
import io.guanjia.contract.ContractOf;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.message.Content;

import org.junit.jupiter.api.AfterEach;

import java.util.List;
import java.util.Map;

@ContractOf("sms-tencent")
class TencentContractTest extends SmsContract {

    private final SmsChannel<TencentAccount> channel =
            new SmsChannel<>(
                    new TencentProvider(CLOCK),
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
        return Samples.reply(said.words(), said.at().getEpochSecond());
    }

    @Override
    protected String unknownType(Said said) {
        return "{\"mobile\":\"13700000001\",\"nationcode\":\"86\",\"mms\":\"https://mms.example\"}";
    }

    @Override
    protected String report(String platformId, boolean delivered) {
        return """
        [{"user_receive_time":"2026-03-02 16:30:18","nationcode":"86","mobile":"13700000001",
          "report_status":"%s","errmsg":"%s","description":"…","sid":"%s"}]
        """
                .formatted(
                        delivered ? "SUCCESS" : "FAIL",
                        delivered ? "DELIVRD" : "MK:0012",
                        platformId);
    }

    @Override
    protected void platformTakes() {
        platform.answer("/", Samples.taken());
    }

    @Override
    protected int taken() {
        return platform.requests("/").size();
    }

    /** Templates here number their parameters. */
    @Override
    protected Content sample(Kind kind) {
        return kind == Kind.TEMPLATE
                ? new Content.Template(
                        Content.Template.Kind.NOTIFICATION,
                        "1111",
                        null,
                        null,
                        Map.of("1", "李雷", "2", "三月账单"))
                : super.sample(kind);
    }

    @Override
    protected String path() {
        return "/";
    }

    @Override
    protected ErrorTable errorTable() {
        return TencentErrors.TABLE;
    }

    @Override
    protected String unheardOf() {
        return "NeverHeardOf";
    }

    @Override
    protected void refuses(String code) {
        platform.answer("/", Samples.error(code));
    }

    @Override
    protected List<Failure> failures() {
        return List.of(
                ofNumber("LimitExceeded.PhoneNumberThirtySecondLimit", Throttled.class),
                ofNumber("LimitExceeded.PhoneNumberOneHourLimit", Throttled.class),
                ofNumber("LimitExceeded.DeliveryFrequencyLimit", Throttled.class),
                ofNumber("LimitExceeded.PhoneNumberDailyLimit", Refused.class),
                ofNumber("LimitExceeded.PhoneNumberSameContentDailyLimit", Refused.class),
                ofNumber("FailedOperation.PhoneNumberInBlacklist", Unreachable.class),
                ofNumber("InvalidParameterValue.IncorrectPhoneNumber", Unreachable.class),
                ofNumber("FailedOperation.MarketingSendTimeConstraint", Throttled.class),
                ofNumber("FailedOperation.ContainSensitiveWord", Refused.class),
                ofNumber("FailedOperation.InsufficientBalanceInSmsPackage", Blocked.class),
                ofNumber("InternalError.OtherError", Unavailable.class),
                ofNumber("NeverHeardOf", Refused.class),
                ofCall("InternalError.Timeout", Unavailable.class),
                ofCall("RequestLimitExceeded", Throttled.class),
                ofCall("FailedOperation.SignatureIncorrectOrUnapproved", Blocked.class),
                ofCall("FailedOperation.TemplateIncorrectOrUnapproved", Blocked.class),
                ofCall("AuthFailure.SignatureFailure", Blocked.class),
                ofCall("UnauthorizedOperation.RequestIpNotInWhitelist", Blocked.class),
                ofCall("LimitExceeded.AppDailyLimit", Blocked.class),
                failure(
                        "an answer without our number",
                        () -> platform.answer("/", "{\"Response\":{\"RequestId\":\"r\"}}"),
                        OutcomeUnknown.class));
    }

    /** The call was understood, the number was not served. */
    private Failure ofNumber(String code, Class<? extends DeliveryException> becomes) {
        return failure(code, () -> platform.answer("/", Samples.status(code, "")), becomes);
    }

    private Failure ofCall(String code, Class<? extends DeliveryException> becomes) {
        return failure(code, () -> refuses(code), becomes);
    }
}
