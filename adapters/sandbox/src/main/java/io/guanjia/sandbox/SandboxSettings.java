package io.guanjia.sandbox;

import io.guanjia.sandbox.wechat.AccountSettings;
import io.guanjia.sandbox.wechat.callback.CallbackPace;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * How a sandbox is started.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param publicAddress where the account's server finds the sandbox, when that is not where it
 *     listens; goes into picture addresses
 * @param clock the real time, which the sandbox's own clock can be shifted against
 * @param seed makes faults repeatable
 * @param pace how patient the platform is with callbacks
 * @param resultDelay how long after a template message its result event comes
 * @param historySize how many callbacks and calls each account remembers
 * @param chatKept how many entries each customer's chat remembers
 */
public record SandboxSettings(
        String host,
        int port,
        @Nullable URI publicAddress,
        Clock clock,
        long seed,
        CallbackPace pace,
        Duration resultDelay,
        int historySize,
        int chatKept,
        List<AccountSettings> wechatAccounts) {

    public SandboxSettings {
        wechatAccounts = List.copyOf(wechatAccounts);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0 to 65535");
        }
    }

    /** On 127.0.0.1:8090, as patient as the real platform, without accounts. */
    public static SandboxSettings defaults() {
        return new SandboxSettings(
                "127.0.0.1",
                8090,
                null,
                Clock.systemUTC(),
                1,
                CallbackPace.OF_THE_PLATFORM,
                Duration.ofMillis(800),
                1_000,
                300,
                List.of());
    }

    /** For tests: any free port, results at once. */
    public static SandboxSettings forTests(AccountSettings... wechatAccounts) {
        return defaults().onPort(0).resultsAfter(Duration.ofMillis(20)).with(wechatAccounts);
    }

    /** The same on another port. */
    public SandboxSettings onPort(int other) {
        return new SandboxSettings(
                host,
                other,
                publicAddress,
                clock,
                seed,
                pace,
                resultDelay,
                historySize,
                chatKept,
                wechatAccounts);
    }

    /** The same on another address. */
    public SandboxSettings onHost(String other) {
        return new SandboxSettings(
                other,
                port,
                publicAddress,
                clock,
                seed,
                pace,
                resultDelay,
                historySize,
                chatKept,
                wechatAccounts);
    }

    /** The same, found by account servers at another address. */
    public SandboxSettings reachedAt(@Nullable URI address) {
        return new SandboxSettings(
                host,
                port,
                address,
                clock,
                seed,
                pace,
                resultDelay,
                historySize,
                chatKept,
                wechatAccounts);
    }

    /** The same at another pace. */
    public SandboxSettings at(CallbackPace other) {
        return new SandboxSettings(
                host,
                port,
                publicAddress,
                clock,
                seed,
                other,
                resultDelay,
                historySize,
                chatKept,
                wechatAccounts);
    }

    /** The same with another clock. */
    public SandboxSettings by(Clock other) {
        return new SandboxSettings(
                host,
                port,
                publicAddress,
                other,
                seed,
                pace,
                resultDelay,
                historySize,
                chatKept,
                wechatAccounts);
    }

    /** The same with another seed. */
    public SandboxSettings seeded(long other) {
        return new SandboxSettings(
                host,
                port,
                publicAddress,
                clock,
                other,
                pace,
                resultDelay,
                historySize,
                chatKept,
                wechatAccounts);
    }

    /** The same with these official accounts. */
    public SandboxSettings with(AccountSettings... others) {
        return new SandboxSettings(
                host,
                port,
                publicAddress,
                clock,
                seed,
                pace,
                resultDelay,
                historySize,
                chatKept,
                List.of(others));
    }

    /** The same with results after that time. */
    public SandboxSettings resultsAfter(Duration delay) {
        return new SandboxSettings(
                host,
                port,
                publicAddress,
                clock,
                seed,
                pace,
                delay,
                historySize,
                chatKept,
                wechatAccounts);
    }

    /** The same with another memory. */
    public SandboxSettings remembering(int callbacksAndCalls, int perChat) {
        return new SandboxSettings(
                host,
                port,
                publicAddress,
                clock,
                seed,
                pace,
                resultDelay,
                callbacksAndCalls,
                perChat,
                wechatAccounts);
    }
}
