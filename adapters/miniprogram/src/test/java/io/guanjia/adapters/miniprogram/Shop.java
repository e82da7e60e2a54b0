package io.guanjia.adapters.miniprogram;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.MemoryTokens;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.media.SafeFetch;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.weixin.api.Api;
import io.guanjia.weixin.api.Strangers;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.Signature;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A mini program named {@code shop}, its channel, and callbacks as the platform makes them. */
final class Shop {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Instant NOW = Instant.ofEpochSecond(1_700_000_003);
    static final String OK = "{\"errcode\":0,\"errmsg\":\"ok\"}";
    static final String APP_ID = "wx0000000000000009";
    static final String SECRET = "shop-secret-value";
    static final String TOKEN = "guanjia-token";
    static final String AES_KEY = "GuanjiaTestKeyGuanjiaTestKeyGuanjiaTestKey7";
    static final String ORIGINAL = "gh_000000000009";
    static final String OPENID = "oABCD_customer-0000000000009";

    private static final String TIMESTAMP = "1700000001";
    private static final String NONCE = "587934";

    private Shop() {}

    /** Hands out tokens and takes messages. */
    static FakePlatform platform() {
        var platform = new FakePlatform();
        platform.answer(
                Api.STABLE_TOKEN.path(), "{\"access_token\":\"token-1\",\"expires_in\":7200}");
        platform.answer(Api.CUSTOM_SEND.path(), OK);
        platform.answer(Api.SUBSCRIBE_SEND.path(), OK);
        platform.answer(Api.MEDIA_UPLOAD.path(), "{\"type\":\"image\",\"media_id\":\"m1\"}");
        return platform;
    }

    static MiniProgramChannel channel(Map<String, String> changes) {
        return new MiniProgramChannel(
                bind(settings(changes)).accounts(),
                new MemoryTokens(),
                new SampleFiles(),
                new NoStrangers(),
                JsonMapper.shared(),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static MiniProgramSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("guanjia.channels.miniprogram", Bindable.of(MiniProgramSettings.class))
                .get();
    }

    /** Complete settings with these changes; an empty value takes one away. */
    static Map<String, String> settings(Map<String, String> changes) {
        var account = new HashMap<String, String>();
        account.put("name", "shop");
        account.put("app-id", APP_ID);
        account.put("secret", SECRET);
        account.put("token", TOKEN);
        account.put("aes-key", AES_KEY);
        account.putAll(changes);
        var settings = new HashMap<String, String>();
        account.forEach(
                (key, value) -> {
                    if (!value.isEmpty()) {
                        settings.put("guanjia.channels.miniprogram.accounts[0]." + key, value);
                    }
                });
        return settings;
    }

    static List<Inbound> read(MiniProgramChannel channel, Callback callback) {
        return Objects.requireNonNull(channel.read(callback).block(PATIENCE)).inbound();
    }

    static Map<String, String> query() {
        var query = new HashMap<String, String>();
        query.put("signature", Signature.of(TOKEN, TIMESTAMP, NONCE));
        query.put("timestamp", TIMESTAMP);
        query.put("nonce", NONCE);
        query.put("openid", OPENID);
        return query;
    }

    /** 明文模式, in either format. */
    static Callback plain(String document) {
        return callback(query(), document);
    }

    /** 安全模式, in the format of the document. */
    static Callback safe(String document) {
        return sealed(new MessageCrypt(TOKEN, AES_KEY, APP_ID), document);
    }

    static Callback sealed(MessageCrypt crypt, String document) {
        var sealed = crypt.encrypt(document, TIMESTAMP, NONCE);
        var query = query();
        query.put("encrypt_type", "aes");
        query.put("msg_signature", sealed.msgSignature());
        return callback(
                query,
                document.strip().startsWith("{")
                        ? "{\"ToUserName\":\""
                                + ORIGINAL
                                + "\",\"Encrypt\":\""
                                + sealed.encrypt()
                                + "\"}"
                        : sealed.toRequestXml(ORIGINAL));
    }

    static Callback callback(Map<String, String> query, String body) {
        return new Callback("miniprogram", "shop", query, null, body.getBytes(UTF_8), NOW);
    }

    static final class NoStrangers implements Strangers {
        @Override
        public <T> Mono<T> fetch(
                URI address, long limit, Function<SafeFetch.Download, Mono<T>> use) {
            return Mono.error(new AssertionError("asked a stranger"));
        }
    }
}
