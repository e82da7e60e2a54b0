package io.guanjia.sandbox;

import io.guanjia.sandbox.history.Changes;
import io.guanjia.sandbox.http.Page;
import io.guanjia.sandbox.wechat.PlatformParts;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatPlatform;
import io.guanjia.sandbox.wechat.api.ApiServer;
import io.guanjia.sandbox.wechat.callback.CallbackSender;
import io.guanjia.sandbox.wechat.control.WechatControl;
import io.guanjia.sandbox.wechat.message.Pictures;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;

import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import java.net.URI;
import java.time.Duration;

/**
 * A running sandbox. Everything it holds is in memory and gone when it stops.
 *
 * <p>Safe for use by several threads.
 */
public final class Sandbox implements AutoCloseable {

    /** The largest body taken: a video with its form around it. */
    private static final int LARGEST_BODY = 12 * 1024 * 1024;

    private final SandboxClock clock;
    private final Changes changes = new Changes();
    private final CallbackSender sender;
    private final WechatPlatform wechat;
    private final DisposableServer server;

    private Sandbox(SandboxSettings settings) {
        this.clock = new SandboxClock(settings.clock());
        this.sender = new CallbackSender(clock, settings.pace());
        var reachedAt = settings.publicAddress();
        Pictures pictures =
                mediaId -> (reachedAt == null ? address() : reachedAt) + "/wechat/mmbiz/" + mediaId;
        this.wechat =
                new WechatPlatform(
                        new PlatformParts(
                                clock,
                                sender,
                                changes,
                                pictures,
                                settings.seed(),
                                settings.resultDelay(),
                                settings.historySize(),
                                settings.chatKept()));
        settings.wechatAccounts().forEach(wechat::open);
        this.server = listen(settings, pictures);
    }

    /**
     * Starts a sandbox and returns when it takes calls.
     *
     * @throws reactor.netty.ChannelBindException when the port is taken
     */
    public static Sandbox start(SandboxSettings settings) {
        return new Sandbox(settings);
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Where its page and control API are. */
    public URI address() {
        return URI.create("http://" + server.host() + ":" + server.port());
    }

    /** What stands in for {@code https://api.weixin.qq.com}. */
    public URI wechatApiBase() {
        return address().resolve("/wechat");
    }

    public SandboxClock clock() {
        return clock;
    }

    /** All official accounts. */
    public WechatPlatform wechat() {
        return wechat;
    }

    /**
     * The official account of that name.
     *
     * @throws java.util.NoSuchElementException when there is none
     */
    public WechatAccount wechat(String account) {
        return wechat.require(account);
    }

    /** Forgets everything that happened; accounts stay as they are, the clock is right again. */
    public void reset() {
        clock.shiftTo(Duration.ZERO);
        wechat.accounts().forEach(WechatAccount::reset);
    }

    /** Stops it. Callbacks under way are abandoned. */
    public void stop() {
        sender.close();
        server.disposeNow(Duration.ofSeconds(3));
    }

    @Override
    public void close() {
        stop();
    }

    /** Waits until it is stopped. */
    void await() {
        server.onDispose().toFuture().join();
    }

    private DisposableServer listen(SandboxSettings settings, Pictures pictures) {
        var router =
                new ApiServer(wechat, pictures, clock)
                        .router()
                        .and(new WechatControl(wechat).router())
                        .and(new SandboxControl(this, changes).router())
                        .and(new Page().router());
        var strategies =
                HandlerStrategies.builder()
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_BODY))
                        .build();
        var handler = RouterFunctions.toHttpHandler(router, strategies);
        return HttpServer.create()
                .host(settings.host())
                .port(settings.port())
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }
}
