package io.guanjia.adapters.sms.cmpp;

import io.guanjia.adapters.sms.line.Timing;
import io.guanjia.cmpp.protocol.Fees;
import io.guanjia.cmpp.protocol.MsgFmt;
import io.guanjia.cmpp.protocol.Segments;
import io.guanjia.cmpp.protocol.Version;
import io.guanjia.gateway.channel.AccountCheck;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Initiative;
import io.guanjia.gateway.channel.Capabilities.Report;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.TextLimit;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One account under {@code guanjia.channels.sms-cmpp.accounts}. Creating one fails with a message
 * that names every setting at fault and never its value.
 *
 * @param name ours
 * @param apiBase where the carrier's gateway is, such as {@code cmpp://10.0.0.1:7890}; or {@code
 *     host} and {@code port}
 * @param sourceAddr 企业代码 (SP_Id), which is Source_Addr at login and Msg_src of every message
 * @param secret 登录密码 (shared secret)
 * @param version 2.0 or 3.0
 * @param serviceId 业务代码 (Service_Id)
 * @param srcId 接入号 (Src_Id), the number that customers see
 * @param signName 短信签名, without 【】, which then begins every message; empty where the carrier puts
 *     it there, or where there is none
 * @param window 滑动窗口: messages without an answer on one connection
 * @param connections 连接数, for each node
 * @param rate 流速: submits a second that the carrier grants, in all; a long message is several
 * @param msgFmt how words that are not ASCII are written: 8 for UCS-2, 15 for GBK
 * @param referenceBits by how many bits the parts of a long message are tied together: 8 or 16
 * @param feeUserType 计费用户类型, 2 when we pay
 * @param feeType 资费类别, 01 when customers pay nothing
 * @param feeCode 资费代码, in cents
 * @param responseTimeout T, how long an answer may take
 * @param tries N, after how many tests without an answer a connection counts as dead
 * @param activeTestAfter C, after how long without a word to test the connection
 * @param assembleWithin how long to wait for the other parts of a long message; longer than T, so
 *     that what a node did not answer comes again meanwhile
 * @param checkAuthenticator whether the carrier's gateway has to prove that it knows the secret
 */
public record CmppAccount(
        String name,
        @Nullable URI apiBase,
        @Nullable String host,
        @DefaultValue("7890") int port,
        String sourceAddr,
        String secret,
        @DefaultValue("3.0") String version,
        @DefaultValue("") String serviceId,
        String srcId,
        @DefaultValue("") String signName,
        @DefaultValue("16") int window,
        @DefaultValue("1") int connections,
        @DefaultValue("100") double rate,
        @DefaultValue("8") int msgFmt,
        @DefaultValue("8") int referenceBits,
        @DefaultValue("2") int feeUserType,
        @DefaultValue("01") String feeType,
        @DefaultValue("0") String feeCode,
        @DefaultValue("60s") Duration responseTimeout,
        @DefaultValue("3") int tries,
        @DefaultValue("180s") Duration activeTestAfter,
        @DefaultValue("90s") Duration assembleWithin,
        @DefaultValue("true") boolean checkAuthenticator) {

    /** The one way out, as in {@code pace}. */
    static final String SUBMIT = "submit";

    /** The longest text, with the signature. */
    private static final int MOST_WORDS = 500;

    /** Characters of {@code sign-name}; that of a brand is much shorter. */
    private static final int LONGEST_SIGN = 30;

    private static final Charset GBK = Charset.forName("GBK");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,21}");

    public CmppAccount {
        var check = new AccountCheck().name(name);
        if (apiBase == null) {
            check.set(host, "host must be set: 网关地址, or api-base such as cmpp://10.0.0.1:7890");
        } else if (!"cmpp".equals(apiBase.getScheme()) || apiBase.getHost() == null) {
            check.require(false, "api-base must be an address such as cmpp://10.0.0.1:7890");
        } else {
            host = apiBase.getHost();
            port = apiBase.getPort() < 0 ? port : apiBase.getPort();
        }
        check.require(port >= 1 && port <= 65535, "port must be 1 to 65535: 网关端口, mostly 7890")
                .require(
                        fits(sourceAddr, 6) && !sourceAddr.isBlank(),
                        "source-addr must be set: 企业代码 (SP_Id), up to 6 characters")
                .set(secret, "secret must be set: 登录密码")
                .require(
                        "2.0".equals(version) || "3.0".equals(version),
                        "version must be 2.0 or 3.0: 协议版本")
                .require(fits(serviceId, 10), "service-id must be up to 10 characters: 业务代码")
                .require(
                        srcId != null && NUMBER.matcher(srcId).matches(),
                        "src-id must be set: 接入号, up to 21 digits such as 1069012345")
                .require(
                        signName.length() <= LONGEST_SIGN && !signName.matches("(?s).*[【】\\s].*"),
                        "sign-name must be up to 30 characters: 短信签名, without 【】")
                .require(window >= 1 && window <= 1024, "window must be 1 to 1024: 滑动窗口, mostly 16")
                .require(connections >= 1 && connections <= 64, "connections must be 1 to 64: 连接数")
                .require(rate > 0, "rate must be submits a second, above 0: 流速")
                .require(
                        msgFmt == MsgFmt.UCS2 || msgFmt == MsgFmt.GBK,
                        "msg-fmt must be 8 (UCS-2) or 15 (GBK)")
                .require(
                        referenceBits == 8 || referenceBits == 16, "reference-bits must be 8 or 16")
                .require(
                        feeUserType >= 0 && feeUserType <= 2,
                        "fee-user-type must be 0 to 2: 计费用户类型, mostly 2")
                .require(fits(feeType, 2), "fee-type must be up to 2 characters: 资费类别")
                .require(fits(feeCode, 6), "fee-code must be up to 6 characters: 资费代码")
                .require(tries >= 1, "tries must be at least 1")
                .positive(responseTimeout, "response-timeout", "60s")
                .positive(activeTestAfter, "active-test-after", "180s")
                .positive(assembleWithin, "assemble-within", "90s")
                .require(
                        !AccountCheck.isPositive(responseTimeout)
                                || !AccountCheck.isPositive(assembleWithin)
                                || assembleWithin.compareTo(responseTimeout) > 0,
                        "assemble-within must be longer than response-timeout")
                .done();
    }

    /** The account as the gateway sees it. */
    ChannelAccount described() {
        return new ChannelAccount(
                name,
                true,
                null,
                List.of(),
                Map.of(SUBMIT, rate),
                Capabilities.words(textLimit())
                        .begunBy(Initiative.CONSENT)
                        .reports(Report.DELIVERED, Report.FAILED)
                        .build(),
                window * connections);
    }

    /** What stands before the words of every message. */
    String signature() {
        return signName.isEmpty() ? "" : "【" + signName + "】";
    }

    Segments segments() {
        return new Segments(msgFmt, referenceBits == 16);
    }

    /** How many submits it takes to say something. */
    int submits(String words) {
        return Objects.requireNonNull(textLimit().parts()).of(words);
    }

    /** As {@link Segments} divide it, which is what the carrier bills. */
    private TextLimit textLimit() {
        var each = segments().each();
        var added = signature().length();
        return new TextLimit(
                MOST_WORDS - added,
                TextLimit.Unit.CHARACTERS,
                new TextLimit.Parts(Segments.ALONE / 2, each / 2, added, narrow(each)));
    }

    /** A signature is Chinese by its brackets, and makes the whole message so in UCS-2. */
    private TextLimit.@Nullable Narrow narrow(int each) {
        var mixed = msgFmt == MsgFmt.GBK;
        var signature = signature();
        if (signature.isEmpty()) {
            return new TextLimit.Narrow(Segments.ALONE, each, 0, mixed);
        }
        return segments().formatFor(signature) == MsgFmt.GBK
                ? new TextLimit.Narrow(Segments.ALONE, each, signature.getBytes(GBK).length, mixed)
                : null;
    }

    String address() {
        return host == null ? "" : host;
    }

    Version protocol() {
        return "3.0".equals(version) ? Version.V3_0 : Version.V2_0;
    }

    Timing timing() {
        return Timing.of(window, responseTimeout, tries, activeTestAfter);
    }

    Fees fees() {
        return new Fees(feeUserType, "", 0, feeType, feeCode);
    }

    private static boolean fits(@Nullable String value, int length) {
        return value != null
                && value.length() <= length
                && value.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Leaves out the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "CmppAccount[name="
                + name
                + ", address="
                + host
                + ":"
                + port
                + ", sourceAddr="
                + sourceAddr
                + ", version="
                + version
                + "]";
    }
}
