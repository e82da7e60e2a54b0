package io.guanjia.sandbox.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.http.Json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** 阿里云短信服务: SendSms and reviews 2017-05-25 with ACS3-HMAC-SHA256; SmsUp and SmsReport. */
final class AliyunDialect implements Dialect {

    private static final Pattern AUTHORIZATION =
            Pattern.compile(
                    "ACS3-HMAC-SHA256 Credential=([^,]+),\\s*SignedHeaders=([^,]+),\\s*"
                            + "Signature=([0-9a-f]{64})");
    private static final Set<String> ALWAYS_SIGNED =
            Set.of(
                    "host",
                    "x-acs-action",
                    "x-acs-content-sha256",
                    "x-acs-date",
                    "x-acs-signature-nonce",
                    "x-acs-version");
    private static final Set<String> APIS = Set.of("SendSms", "GetSmsTemplate", "GetSmsSign");
    private static final Duration FRESH = Duration.ofMinutes(15);

    private final Set<String> nonces = new HashSet<>();

    @Override
    public String channel() {
        return "sms-aliyun";
    }

    @Override
    public String api(Call call) {
        return call.header("x-acs-action");
    }

    @Override
    public List<String> required() {
        return List.of("access-key-id", "access-key-secret", "sign-name");
    }

    @Override
    public boolean names(Call call, Map<String, String> settings) {
        var named = AUTHORIZATION.matcher(call.header("authorization"));
        return named.matches() && named.group(1).equals(settings.get("access-key-id"));
    }

    @Override
    public @Nullable Refusal distrust(Call call, SmsAccount account, Instant now) {
        var given = AUTHORIZATION.matcher(call.header("authorization"));
        if (!given.matches()) {
            return new Refusal(
                    400, "IncompleteSignature", "The request signature does not conform");
        }
        var signed = Arrays.asList(given.group(2).split(";"));
        if (!signed.containsAll(ALWAYS_SIGNED)
                || !signed.stream().sorted().toList().equals(signed)) {
            return new Refusal(400, "IncompleteSignature", "SignedHeaders");
        }
        if (!call.header("x-acs-content-sha256").equals(Digest.sha256(call.body()))) {
            return new Refusal(400, "SignatureDoesNotMatch", "x-acs-content-sha256");
        }
        if (!isFresh(call.header("x-acs-date"), now)) {
            return new Refusal(400, "InvalidTimeStamp.Expired", "Specified time stamp is expired.");
        }
        if (!signature(call, signed, account.setting("access-key-secret")).equals(given.group(3))) {
            return new Refusal(400, "SignatureDoesNotMatch", "Specified signature is not matched");
        }
        if (!APIS.contains(api(call)) || !call.header("x-acs-version").equals("2017-05-25")) {
            return new Refusal(404, "InvalidAction.NotFound", "Specified api is not found");
        }
        synchronized (nonces) {
            return nonces.add(call.header("x-acs-signature-nonce"))
                    ? null
                    : new Refusal(400, "SignatureNonceUsed", "Specified nonce was used already.");
        }
    }

    private static String signature(Call call, List<String> signed, String secret) {
        var query =
                call.query().entrySet().stream()
                        .map(
                                one ->
                                        Digest.percent(one.getKey())
                                                + "="
                                                + Digest.percent(one.getValue()))
                        .sorted()
                        .collect(Collectors.joining("&"));
        var headers =
                signed.stream()
                        .map(name -> name + ":" + call.header(name) + "\n")
                        .collect(Collectors.joining());
        var canonical =
                String.join(
                        "\n",
                        call.method(),
                        "/",
                        query,
                        headers,
                        String.join(";", signed),
                        call.header("x-acs-content-sha256"));
        return Digest.hex(
                Digest.hmac(
                        secret.getBytes(UTF_8), "ACS3-HMAC-SHA256\n" + Digest.sha256(canonical)));
    }

    private static boolean isFresh(String written, Instant now) {
        try {
            return Duration.between(Instant.parse(written), now).abs().compareTo(FRESH) <= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    @Override
    public @Nullable Reply asked(Call call, SmsAccount account) {
        return AliyunReviews.answer(api(call), call, account);
    }

    @Override
    public Submission read(Call call, SmsAccount account) {
        var query = call.query();
        return new Submission(
                query.getOrDefault("OutId", ""),
                Arrays.stream(query.getOrDefault("PhoneNumbers", "").split(","))
                        .map(Numbers::e164)
                        .toList(),
                query.getOrDefault("SignName", ""),
                query.getOrDefault("TemplateCode", ""),
                variables(query.getOrDefault("TemplateParam", "{}")),
                null);
    }

    private static Map<String, String> variables(String json) {
        var given = Json.readObject(json);
        if (given == null) {
            throw new Refusal("isv.INVALID_JSON_PARAM", "参数格式错误，请修改为字符串值");
        }
        var variables = new HashMap<String, String>();
        for (Map.Entry<String, JsonNode> one : given.properties()) {
            variables.put(one.getKey(), Json.text(given, one.getKey()));
        }
        return variables;
    }

    /** 短信发送频率限制: 验证码 by signature, 通知 and 推广 by signature and template. */
    @Override
    public @Nullable Refusal limit(
            Submission submission, Sent next, List<Sent> before, Instant now) {
        Predicate<Sent> alike = sent -> sent.sign().equals(next.sign());
        if (next.type() != SmsTemplate.Type.CODE) {
            Predicate<Sent> same = alike.and(sent -> sent.template().equals(next.template()));
            return count(before, same) >= 50 ? tooOften("天", 50) : null;
        }
        alike = alike.and(sent -> sent.type() == SmsTemplate.Type.CODE);
        var minute = now.truncatedTo(ChronoUnit.MINUTES);
        var hour = now.truncatedTo(ChronoUnit.HOURS);
        if (count(before, alike.and(sent -> !sent.at().isBefore(minute))) >= 1) {
            return tooOften("分钟", 1);
        }
        if (count(before, alike.and(sent -> !sent.at().isBefore(hour))) >= 5) {
            return tooOften("小时", 5);
        }
        return count(before, alike) >= 10 ? tooOften("天", 10) : null;
    }

    private static long count(List<Sent> before, Predicate<Sent> which) {
        return before.stream().filter(which).count();
    }

    private static Refusal tooOften(String span, int most) {
        return new Refusal("isv.BUSINESS_LIMIT_CONTROL", "触发" + span + "级流控Permits:" + most);
    }

    @Override
    public Refusal refusal(Flaw flaw) {
        return switch (flaw) {
            case CALLER ->
                    new Refusal(
                            404,
                            "InvalidAccessKeyId.NotFound",
                            "Specified access key is not found.");
            case NUMBER -> new Refusal("isv.MOBILE_NUMBER_ILLEGAL", "号码非法");
            case SIGN -> new Refusal("isv.SMS_SIGNATURE_ILLEGAL", "该账号下找不到对应签名");
            case TEMPLATE -> new Refusal("isv.SMS_TEMPLATE_ILLEGAL", "该账号下找不到对应模板");
            case PARAMETER -> new Refusal("isv.TEMPLATE_MISSING_PARAMETERS", "模板变量缺少对应参数值");
            case LENGTH -> new Refusal("isv.PARAM_LENGTH_LIMIT", "参数超过长度限制");
            case BALANCE -> new Refusal("isv.AMOUNT_NOT_ENOUGH", "账户余额不足");
            case BLACKLIST -> new Refusal("isv.BLACK_KEY_CONTROL_LIMIT", "黑名单管控");
        };
    }

    /** The first number that is refused refuses all. */
    @Override
    public Reply answer(Submission submission, List<Result> results) {
        for (var result : results) {
            var refusal = result.refusal();
            if (refusal != null) {
                return answer(refusal);
            }
        }
        return ok(Json.object().put("BizId", results.getFirst().id()));
    }

    /** The answer to a call that succeeded, with what it says besides. */
    static Reply ok(ObjectNode answer) {
        return whole(200, "OK", "OK", answer);
    }

    @Override
    public Reply answer(Refusal refusal) {
        return whole(refusal.status(), refusal.code(), refusal.words(), Json.object());
    }

    private static Reply whole(int status, String code, String message, ObjectNode answer) {
        var id = UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT);
        answer.put("Message", message).put("RequestId", id).put("Code", code);
        return new Reply(status, answer.toString());
    }

    @Override
    public String fill(String content, Map<String, String> variables) {
        return Placeholders.fill(content, "\\$\\{(\\w+)}", variables);
    }

    @Override
    public String newId(long number, Instant now) {
        return now.toEpochMilli() + "%05d".formatted(number) + "^0";
    }

    @Override
    public String said(SmsAccount account, Handset from, String text, long number, Instant at) {
        var entry =
                Json.object()
                        .put("phone_number", Numbers.national(from.id()))
                        .put("content", text)
                        .put("send_time", ChinaClock.written(at))
                        .put("dest_code", "88123")
                        .put("sequence_id", Long.toString(number));
        return "[" + entry + "]";
    }

    @Override
    public String report(Sent sent, boolean arrived, Instant at) {
        var entry =
                Json.object()
                        .put("phone_number", Numbers.national(sent.number()))
                        .put("send_time", ChinaClock.written(sent.at()))
                        .put("report_time", ChinaClock.written(at))
                        .put("success", arrived)
                        .put("err_code", arrived ? "DELIVERED" : "MOBILE_NOT_ON_SERVICE")
                        .put("err_msg", arrived ? "用户接收成功" : "停机")
                        .put("sms_size", Integer.toString(sent.parts()))
                        .put("biz_id", sent.id())
                        .put("out_id", sent.reference());
        return "[" + entry + "]";
    }

    @Override
    public URI callback(SmsAccount account, URI base, String body, Instant at) {
        return account.withKey(base);
    }

    /** 系统仅校验返回值的code是否为数字. */
    @Override
    public boolean acknowledges(int status, String answer) {
        var json = Json.readObject(answer);
        return status == 200 && json != null && json.path("code").isNumber();
    }

    @Override
    public List<Duration> patience() {
        return List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10));
    }
}
