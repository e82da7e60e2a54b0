package io.guanjia.sandbox.miniprogram;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.wechat.PlatformParts;
import io.guanjia.sandbox.wechat.Product;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatPhone;
import io.guanjia.sandbox.wechat.WechatPlatform;
import io.guanjia.sandbox.wechat.api.ApiServer;
import io.guanjia.sandbox.wechat.callback.CallbackPace;
import io.guanjia.sandbox.wechat.callback.CallbackSender;
import io.guanjia.sandbox.wechat.callback.Format;
import io.guanjia.sandbox.wechat.callback.Mode;
import io.guanjia.sandbox.wechat.control.WechatControl;
import io.guanjia.sandbox.wechat.message.Pictures;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** All mini programs. */
public final class MiniProgramPlatform implements Platform {

    private final CallbackSender sender;
    private final WechatPlatform programs;
    private final ApiServer api;

    public MiniProgramPlatform(Surroundings around, CallbackPace pace) {
        Pictures pictures = mediaId -> around.address().get() + "/miniprogram/mmbiz/" + mediaId;
        this.sender = new CallbackSender(around.clock(), pace);
        this.programs =
                new WechatPlatform(
                        new PlatformParts(
                                Product.MINI_PROGRAM,
                                around.clock(),
                                sender,
                                around.changes(),
                                pictures,
                                around.seed(),
                                around.resultDelay(),
                                around.historySize(),
                                around.chatKept()));
        this.api = new ApiServer(programs, pictures, around.clock());
    }

    @Override
    public String name() {
        return Product.MINI_PROGRAM.channel();
    }

    /**
     * Besides the gateway's keys there is {@code format}, {@code json} or {@code xml}: the gateway
     * need not know it, the platform must.
     */
    @Override
    public void open(String account, Map<String, String> settings, URI callback) {
        var derived = Product.MINI_PROGRAM.account(account, callback);
        var aesKey = settings.get("aes-key");
        programs.open(
                derived.with(
                                required(settings, "app-id"),
                                required(settings, "secret"),
                                required(settings, "token"),
                                aesKey)
                        .in(choice(Mode.class, settings, "mode", standard(aesKey)))
                        .in(choice(Format.class, settings, "format", derived.format())));
    }

    private static Mode standard(@Nullable String aesKey) {
        return aesKey == null ? Mode.PLAIN : Mode.SAFE;
    }

    private static String required(Map<String, String> settings, String key) {
        var value = settings.getOrDefault(key, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    private static <E extends Enum<E>> E choice(
            Class<E> type, Map<String, String> settings, String key, E otherwise) {
        var word = settings.get(key);
        if (word == null) {
            return otherwise;
        }
        for (var one : type.getEnumConstants()) {
            if (one.name().equals(word.toUpperCase(Locale.ROOT))) {
                return one;
            }
        }
        throw new IllegalArgumentException(key + " is none of those there are: " + word);
    }

    /** The mini program of that name, for whoever wants more than the phone shows. */
    public WechatAccount program(String name) {
        return programs.require(name);
    }

    @Override
    public RouterFunction<ServerResponse> api() {
        return api.router();
    }

    @Override
    public RouterFunction<ServerResponse> control() {
        return new WechatControl(programs).router();
    }

    @Override
    public Collection<WechatPhone> accounts() {
        return programs.accounts().stream().map(WechatPhone::new).toList();
    }

    @Override
    public void reset() {
        programs.accounts().forEach(WechatAccount::reset);
    }

    @Override
    public void close() {
        sender.close();
    }
}
