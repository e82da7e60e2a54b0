package io.guanjia.sandbox;

import io.guanjia.sandbox.history.Changes;
import io.guanjia.sandbox.http.Page;
import io.guanjia.sandbox.wechat.PlatformParts;
import io.guanjia.sandbox.wechat.Product;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatPhone;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.ServiceLoader;

/**
 * A running sandbox. Everything it holds is in memory and gone when it stops.
 *
 * <p>Safe for use by several threads.
 */
public final class Sandbox implements AutoCloseable {

    /** The largest body taken: a video with its form around it. */
    private static final int LARGEST_BODY = 12 * 1024 * 1024;

    /** 阿里云 takes a text of 500 characters in the address, nine bytes each and escaped in JSON. */
    private static final int LONGEST_ADDRESS = 32 * 1024;

    private final SandboxClock clock;
    private final Changes changes = new Changes();
    private final CallbackSender sender;
    private final WechatPlatform wechat;
    private final List<Platform> platforms;
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
                                Product.OFFICIAL_ACCOUNT,
                                clock,
                                sender,
                                changes,
                                pictures,
                                settings.seed(),
                                settings.resultDelay(),
                                settings.historySize(),
                                settings.chatKept()));
        settings.wechatAccounts().forEach(wechat::open);
        var around =
                new Surroundings(
                        clock,
                        changes,
                        settings.seed(),
                        settings.host(),
                        () -> reachedAt == null ? address() : reachedAt,
                        settings.resultDelay(),
                        settings.historySize(),
                        settings.chatKept());
        this.platforms =
                ServiceLoader.load(PlatformFactory.class).stream()
                        .map(factory -> factory.get().create(around))
                        .sorted(Comparator.comparing(Platform::name))
                        .toList();
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

    /** The platforms besides WeChat's official accounts, by name. */
    public List<Platform> platforms() {
        return platforms;
    }

    /**
     * The platform that stands in for the channel of that name.
     *
     * @throws NoSuchElementException when there is none
     */
    public Platform platform(String channel) {
        return platforms.stream()
                .filter(platform -> platform.name().equals(channel))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no platform named " + channel));
    }

    /** The same, where its own type is known. */
    public <P extends Platform> P platform(Class<P> type) {
        return platforms.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no " + type.getSimpleName()));
    }

    /** Forgets everything that happened; accounts stay as they are, the clock is right again. */
    public void reset() {
        clock.shiftTo(Duration.ZERO);
        wechat.accounts().forEach(WechatAccount::reset);
        platforms.forEach(Platform::reset);
    }

    /** Stops it. Callbacks under way are abandoned. */
    public void stop() {
        sender.close();
        platforms.forEach(Platform::close);
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

    private List<PhoneControl.Shelf> shelves() {
        var shelves = new ArrayList<PhoneControl.Shelf>();
        shelves.add(
                new PhoneControl.Shelf(
                        "wechat", () -> wechat.accounts().stream().map(WechatPhone::new).toList()));
        platforms.forEach(
                platform ->
                        shelves.add(new PhoneControl.Shelf(platform.name(), platform::accounts)));
        return shelves;
    }

    private DisposableServer listen(SandboxSettings settings, Pictures pictures) {
        var router =
                new ApiServer(wechat, pictures, clock)
                        .router()
                        .and(new WechatControl(wechat).router())
                        .and(new SandboxControl(this, changes).router())
                        .and(new PhoneControl(shelves()).router())
                        .and(new Page().router());
        for (var platform : platforms) {
            router = router.and(platform.api()).and(platform.control());
        }
        var strategies =
                HandlerStrategies.builder()
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_BODY))
                        .build();
        var handler = RouterFunctions.toHttpHandler(router, strategies);
        return HttpServer.create()
                .host(settings.host())
                .port(settings.port())
                .httpRequestDecoder(decoder -> decoder.maxInitialLineLength(LONGEST_ADDRESS))
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }
}
