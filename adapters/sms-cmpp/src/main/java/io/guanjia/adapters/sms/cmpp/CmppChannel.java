package io.guanjia.adapters.sms.cmpp;

import io.guanjia.adapters.sms.line.LineThreads;
import io.guanjia.gateway.channel.AccountForm;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;
import io.netty.channel.EventLoopGroup;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Carrier lines that speak CMPP. Holds its connections from the start of the application until it
 * stops. Thread-safe; accounts can be exchanged while it works.
 */
public final class CmppChannel
        implements Channel, ManagedAccounts<CmppAccount>, SmartLifecycle, AutoCloseable {

    public static final String NAME = "sms-cmpp";

    /** How long messages under way may take to be answered when we stop. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final List<CmppAccount> fromSettings;
    private final CarrierAccount.Surroundings around;
    private volatile List<CmppAccount> accounts;
    private volatile List<ChannelAccount> described;
    private volatile Map<String, CarrierAccount> working = Map.of();
    private @Nullable EventLoopGroup group;

    CmppChannel(List<CmppAccount> accounts, CarrierAccount.Surroundings around) {
        CmppSettings.requireDifferentNames(accounts);
        this.fromSettings = List.copyOf(accounts);
        this.accounts = fromSettings;
        this.described = described(fromSettings);
        this.around = around;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Collection<ChannelAccount> accounts() {
        return described;
    }

    private static List<ChannelAccount> described(List<CmppAccount> accounts) {
        return accounts.stream().map(CmppAccount::described).toList();
    }

    /** Nobody calls us: messages come over the lines. */
    @Override
    public Mono<CallbackResponse> handshake(Callback callback) {
        return Mono.error(new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "no callbacks"));
    }

    @Override
    public Mono<Reading> read(Callback callback) {
        return Mono.error(new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "no callbacks"));
    }

    @Override
    public Route route(Content content) {
        return new Route(CmppAccount.SUBMIT, false);
    }

    /** A submit for each part: carriers grant so many of those a second, not of messages. */
    @Override
    public int calls(String account, Content content) {
        if (!(content instanceof Content.Text(String words))) {
            return 1;
        }
        return accounts.stream()
                .filter(one -> one.name().equals(account))
                .mapToInt(one -> one.submits(words))
                .findFirst()
                .orElse(1);
    }

    /** Carriers grant so many connections to all nodes together, and addresses one by one. */
    @Override
    public boolean isCutOff(String account) {
        var found = working.get(account);
        return found != null && found.isRefused();
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(
                () -> {
                    var account = working.get(message.to().account());
                    return account == null
                            ? Mono.error(notWorking(message.to().account()))
                            : account.deliver(message);
                });
    }

    private RuntimeException notWorking(String account) {
        return accounts.stream().anyMatch(one -> one.name().equals(account))
                ? new Unavailable("not started")
                : new Blocked("no such account in the settings", null, null);
    }

    @Override
    public Flux<HealthSign> health(String account) {
        return Flux.defer(
                () -> {
                    var found = working.get(account);
                    return found == null ? Flux.empty() : Flux.just(found.health());
                });
    }

    // --- Accounts -------------------------------------------------------------------------------

    @Override
    public String channel() {
        return NAME;
    }

    @Override
    public Class<CmppAccount> type() {
        return CmppAccount.class;
    }

    @Override
    public boolean calledBack() {
        return false;
    }

    @Override
    public List<Field> fields() {
        return AccountForm.of(
                        Field.text("name", "名称"),
                        Field.address("host", "网关地址 (IP)"),
                        Field.address("port", "网关端口").optional(),
                        Field.choice("version", "协议版本", "2.0", "3.0"),
                        Field.text("source-addr", "企业代码 (SP_Id)"),
                        Field.secret("secret", "登录密码 (Shared Secret)"),
                        Field.text("service-id", "业务代码 (Service_Id)").optional(),
                        Field.text("src-id", "接入号 (Src_Id)"),
                        Field.text("sign-name", "短信签名（不含【】）").optional(),
                        Field.number("connections", "连接数"),
                        Field.number("window", "滑动窗口"),
                        Field.number("rate", "流速 (条/秒)"),
                        Field.choice("msg-fmt", "中文编码 (Msg_Fmt)", "8", "15"),
                        Field.choice("reference-bits", "长短信参考号位数", "8", "16"),
                        Field.choice("fee-user-type", "计费用户类型 (Fee_UserType)", "0", "1", "2"),
                        Field.text("fee-type", "资费类别 (FeeType)").optional(),
                        Field.text("fee-code", "资费代码 (FeeCode)").optional(),
                        Field.flag("check-authenticator", "校验网关认证码 (AuthenticatorISMG)"))
                .advanced(Field.text("response-timeout", "应答超时"), "60s")
                .advanced(Field.number("tries", "链路检测次数"), "3")
                .advanced(Field.text("active-test-after", "链路检测间隔"), "180s")
                .advanced(Field.text("assemble-within", "长短信拼接等待"), "90s")
                .fields();
    }

    @Override
    public List<CmppAccount> fromSettings() {
        return fromSettings;
    }

    /** What is unchanged keeps its lines; what is gone says goodbye. */
    @Override
    public synchronized void replaceAccounts(List<CmppAccount> replacements) {
        CmppSettings.requireDifferentNames(replacements);
        accounts = List.copyOf(replacements);
        described = described(replacements);
        if (isRunning()) {
            work();
        }
    }

    private void work() {
        var loops = group;
        if (loops == null) {
            return;
        }
        var gone = new HashMap<>(working);
        var made = new ArrayList<CarrierAccount>();
        var now = new HashMap<String, CarrierAccount>();
        for (var account : accounts) {
            var present = gone.get(account.name());
            if (present != null && present.settings().equals(account)) {
                gone.remove(account.name());
                now.put(account.name(), present);
            } else {
                var one = new CarrierAccount(account, around, loops);
                made.add(one);
                now.put(account.name(), one);
            }
        }
        working = Map.copyOf(now);
        // Carriers count connections: the old ones go before the new ones come.
        closed(gone.values()).subscribe(null, null, () -> made.forEach(CarrierAccount::open));
    }

    private static Mono<Void> closed(Collection<CarrierAccount> ending) {
        return Mono.when(ending.stream().map(one -> one.close(GRACE)).toList())
                .timeout(GRACE.plusSeconds(2), Mono.empty());
    }

    // --- From start to end ----------------------------------------------------------------------

    @Override
    public synchronized void start() {
        if (group == null) {
            group = LineThreads.group(NAME);
            work();
        }
    }

    /** Waits for answers and ends every connection properly, then says so. */
    @Override
    public void stop(Runnable stopped) {
        end().whenComplete((done, error) -> stopped.run());
    }

    /** Does not wait for it. */
    @Override
    public void stop() {
        end();
    }

    private synchronized CompletableFuture<@Nullable Void> end() {
        var loops = group;
        if (loops == null) {
            return CompletableFuture.completedFuture(null);
        }
        group = null;
        var ending = working.values();
        working = Map.of();
        return closed(ending)
                .doFinally(end -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS))
                .toFuture();
    }

    @Override
    public synchronized boolean isRunning() {
        return group != null;
    }

    /** Starts before anything is sent, and stops when nothing is sent any more. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 8192;
    }

    @Override
    public void close() {
        stop();
    }
}
