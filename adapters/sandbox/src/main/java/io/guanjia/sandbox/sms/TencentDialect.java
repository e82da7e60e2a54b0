package io.guanjia.sandbox.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.http.Json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** 腾讯云短信: SendSms, reviews and packages 2021-01-11 with TC3-HMAC-SHA256; 短信回复通知 and 短信下发状态通知. */
final class TencentDialect implements Dialect {

    private static final Pattern AUTHORIZATION =
            Pattern.compile(
                    "TC3-HMAC-SHA256"
                            + " Credential=([^/,]+)/(\\d{4}-\\d{2}-\\d{2})/sms/tc3_request,\\s*"
                            + "SignedHeaders=([^,]+),\\s*Signature=([0-9a-f]{64})");
    private static final Set<String> APIS =
            Set.of("SendSms", TencentReviews.API, TencentPackages.API);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration SAME_TEXT = Duration.ofSeconds(30);
    private static final int PER_DAY = 10;

    @Override
    public String channel() {
        return "sms-tencent";
    }

    @Override
    public String api(Call call) {
        return call.header("x-tc-action");
    }

    @Override
    public List<String> required() {
        return List.of("secret-id", "secret-key", "sms-sdk-app-id", "sign-name");
    }

    @Override
    public boolean names(Call call, Map<String, String> settings) {
        var named = AUTHORIZATION.matcher(call.header("authorization"));
        return named.matches() && named.group(1).equals(settings.get("secret-id"));
    }

    @Override
    public @Nullable Refusal distrust(Call call, SmsAccount account, Instant now) {
        var given = AUTHORIZATION.matcher(call.header("authorization"));
        if (!given.matches()) {
            return new Refusal("AuthFailure.InvalidAuthorization", "Authorization");
        }
        var timestamp = call.header("x-tc-timestamp");
        if (!timestamp.matches("\\d{1,12}")
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(FRESH)
                        > 0) {
            return new Refusal("AuthFailure.SignatureExpire", "The signature has expired.");
        }
        var signed = Arrays.asList(given.group(3).split(";"));
        var right =
                signed.contains("host")
                        && signed.contains("content-type")
                        && signature(call, signed, given.group(2), account.setting("secret-key"))
                                .equals(given.group(4));
        if (!right) {
            return new Refusal("AuthFailure.SignatureFailure", "The signature is incorrect.");
        }
        if (!APIS.contains(api(call))) {
            return new Refusal("InvalidAction", "The action is invalid.");
        }
        return call.header("x-tc-version").equals("2021-01-11")
                ? null
                : new Refusal("NoSuchVersion", "The version does not exist.");
    }

    private static String signature(Call call, List<String> signed, String date, String secret) {
        var headers =
                signed.stream()
                        .map(name -> name + ":" + value(call, name) + "\n")
                        .collect(Collectors.joining());
        var canonical =
                String.join(
                        "\n",
                        call.method(),
                        "/",
                        "",
                        headers,
                        String.join(";", signed),
                        Digest.sha256(call.body()));
        var toSign =
                String.join(
                        "\n",
                        "TC3-HMAC-SHA256",
                        call.header("x-tc-timestamp"),
                        date + "/sms/tc3_request",
                        Digest.sha256(canonical));
        var key = Digest.hmac(("TC3" + secret).getBytes(UTF_8), date);
        return Digest.hex(Digest.hmac(Digest.hmac(Digest.hmac(key, "sms"), "tc3_request"), toSign));
    }

    /** The value of x-tc-action is signed in lower case, those of the others as they are. */
    private static String value(Call call, String name) {
        var value = call.header(name);
        return name.equals("x-tc-action") ? value.toLowerCase(java.util.Locale.ROOT) : value;
    }

    @Override
    public @Nullable Reply asked(Call call, SmsAccount account) {
        return switch (api(call)) {
            case TencentReviews.API -> whole(TencentReviews.answer(call, account));
            case TencentPackages.API -> whole(TencentPackages.answer(call, account));
            default -> null;
        };
    }

    @Override
    public Submission read(Call call, SmsAccount account) {
        var body = Json.readObject(call.body());
        if (body == null) {
            throw new Refusal("FailedOperation.JsonParseFail", "解析请求包体失败");
        }
        if (!Json.text(body, "SmsSdkAppId").equals(account.setting("sms-sdk-app-id"))) {
            throw new Refusal("InvalidParameterValue.SdkAppIdNotExist", "SdkAppId 不存在");
        }
        var variables = new HashMap<String, String>();
        for (var value : body.path("TemplateParamSet")) {
            variables.put(Integer.toString(variables.size() + 1), value.asString());
        }
        return new Submission(
                Json.text(body, "SessionContext"),
                body.path("PhoneNumberSet")
                        .valueStream()
                        .map(number -> Numbers.e164(number.asString()))
                        .toList(),
                Json.text(body, "SignName"),
                Json.text(body, "TemplateId"),
                variables,
                null);
    }

    @Override
    public @Nullable Refusal limit(
            Submission submission, Sent next, List<Sent> before, Instant now) {
        if (next.type() == SmsTemplate.Type.PROMOTION
                && (ChinaClock.hour(now) < 8 || ChinaClock.hour(now) >= 22)) {
            return new Refusal("FailedOperation.MarketingSendTimeConstraint", "营销短信只允许在8点到22点发送");
        }
        var since = now.minus(SAME_TEXT);
        if (before.stream()
                .anyMatch(sent -> sent.text().equals(next.text()) && sent.at().isAfter(since))) {
            return new Refusal(
                    "LimitExceeded.PhoneNumberThirtySecondLimit", "单个手机号30秒内下发短信条数超过设定的上限");
        }
        var today = ChinaClock.day(now);
        return before.stream().filter(sent -> ChinaClock.day(sent.at()).equals(today)).count()
                        >= PER_DAY
                ? new Refusal("LimitExceeded.PhoneNumberDailyLimit", "单个手机号日下发短信条数超过设定的上限")
                : null;
    }

    @Override
    public Refusal refusal(Flaw flaw) {
        return switch (flaw) {
            case CALLER -> new Refusal("AuthFailure.SecretIdNotFound", "密钥不存在");
            case NUMBER -> new Refusal("InvalidParameterValue.IncorrectPhoneNumber", "手机号格式错误");
            case SIGN ->
                    new Refusal("FailedOperation.SignatureIncorrectOrUnapproved", "签名未审批或格式错误");
            case TEMPLATE ->
                    new Refusal("FailedOperation.TemplateIncorrectOrUnapproved", "模板未审批或内容不匹配");
            case PARAMETER ->
                    new Refusal(
                            "FailedOperation.TemplateParamSetNotMatchApprovedTemplate",
                            "请求内容与审核通过的模板内容不匹配");
            case LENGTH -> new Refusal("InvalidParameterValue.ContentLengthLimit", "短信内容太长");
            case BALANCE ->
                    new Refusal("FailedOperation.InsufficientBalanceInSmsPackage", "套餐包余量不足");
            case BLACKLIST -> new Refusal("FailedOperation.PhoneNumberInBlacklist", "手机号在免打扰名单库中");
        };
    }

    /** For each number what became of it. */
    @Override
    public Reply answer(Submission submission, List<Result> results) {
        var response = Json.object();
        var statuses = response.putArray("SendStatusSet");
        for (var result : results) {
            var refusal = result.refusal();
            statuses.addObject()
                    .put("SerialNo", result.id() == null ? "" : result.id())
                    .put("PhoneNumber", result.number())
                    .put("Fee", result.parts())
                    .put("SessionContext", submission.reference())
                    .put("Code", refusal == null ? "Ok" : refusal.code())
                    .put("Message", refusal == null ? "send success" : refusal.words())
                    .put("IsoCode", result.number().startsWith("+86") ? "CN" : "");
        }
        return whole(response);
    }

    @Override
    public Reply answer(Refusal refusal) {
        var response = Json.object();
        response.putObject("Error").put("Code", refusal.code()).put("Message", refusal.words());
        return whole(response);
    }

    private static Reply whole(ObjectNode response) {
        var body = Json.object();
        body.set("Response", response.put("RequestId", UUID.randomUUID().toString()));
        return new Reply(200, body.toString());
    }

    @Override
    public String fill(String content, Map<String, String> variables) {
        return Placeholders.fill(content, "\\{(\\d+)}", variables);
    }

    @Override
    public String newId(long number, Instant now) {
        return "2640:" + now.toEpochMilli() + number;
    }

    @Override
    public String said(SmsAccount account, Handset from, String text, long number, Instant at) {
        return Json.object()
                .put("extend", "")
                .put("mobile", Numbers.national(from.id()))
                .put("nationcode", nation(from.id()))
                .put("sign", account.setting("sign-name"))
                .put("text", text)
                .put("time", at.getEpochSecond())
                .toString();
    }

    @Override
    public String report(Sent sent, boolean arrived, Instant at) {
        var entry =
                Json.object()
                        .put("user_receive_time", ChinaClock.written(at))
                        .put("nationcode", nation(sent.number()))
                        .put("mobile", Numbers.national(sent.number()))
                        .put("report_status", arrived ? "SUCCESS" : "FAIL")
                        .put("errmsg", arrived ? "DELIVRD" : "MK:0001")
                        .put("description", arrived ? "用户短信送达成功" : "关机或停机")
                        .put("sid", sent.id());
        return "[" + entry + "]";
    }

    /** Numbers abroad are sent whole. */
    private static String nation(String number) {
        return number.startsWith("+86") ? "86" : "";
    }

    @Override
    public URI callback(SmsAccount account, URI base, String body, Instant at) {
        return account.withKey(base);
    }

    @Override
    public boolean acknowledges(int status, String answer) {
        var json = Json.readObject(answer);
        return status == 200 && json != null && json.path("result").asInt(-1) == 0;
    }

    /** The documents name no number: a choice. */
    @Override
    public List<Duration> patience() {
        return List.of(Duration.ofMinutes(1), Duration.ofMinutes(5));
    }
}
