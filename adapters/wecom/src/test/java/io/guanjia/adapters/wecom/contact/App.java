package io.guanjia.adapters.wecom.contact;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.wecom.task.TaskStore;
import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.MemoryTokens;
import io.guanjia.contract.SampleFiles;
import io.guanjia.contract.TestClock;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.channel.SharedQuotas;
import io.guanjia.gateway.message.Address;
import io.guanjia.weixin.protocol.MessageCrypt;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import reactor.core.publisher.Mono;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A channel with one application, on a platform that says what it is told to. */
final class App implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-02T08:31:00Z");
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final String CORP = "ww00000000000000a1";
    static final String SECRET = "app-secret-value";
    static final String TOKEN = "guanjia-app-token";
    static final String AES_KEY = "GuanjiaTestKeyGuanjiaTestKeyGuanjiaTestKey7";
    static final String MEMBER = "xiaoli";
    static final String CUSTOMER = "wmTESTUSER0000000000000000000001";

    static final String SEND = "/cgi-bin/message/send";
    static final String WELCOME = "/cgi-bin/externalcontact/send_welcome_msg";
    static final String UPLOAD = "/cgi-bin/media/upload";

    private static final String TIMESTAMP = "1772440215";
    private static final String NONCE = "587934";

    final FakePlatform platform = new FakePlatform();
    final Codes codes = new Codes(Clock.fixed(NOW, ZoneOffset.UTC));

    /** By which is counted what goes to one member. */
    final TestClock clock = new TestClock(NOW);

    final WecomChannel channel;

    App() {
        this(noTasks());
    }

    App(TaskStore tasks) {
        var tokens = new AtomicInteger();
        platform.script(
                "/cgi-bin/gettoken",
                (request, response) ->
                        FakePlatform.json(
                                response,
                                "{\"errcode\":0,\"errmsg\":\"ok\",\"access_token\":\"ACCESS-"
                                        + tokens.incrementAndGet()
                                        + "\",\"expires_in\":7200}"));
        takesEverything();
        channel =
                new WecomChannel(
                        settings(platform.address().toString()).accounts(),
                        new MemoryTokens(),
                        new SampleFiles(),
                        codes,
                        SharedQuotas.ofOneNode(clock),
                        tasks,
                        Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** For those who ask no member to send anything. */
    static TaskStore noTasks() {
        return (TaskStore)
                Proxy.newProxyInstance(
                        App.class.getClassLoader(),
                        new Class<?>[] {TaskStore.class},
                        (proxy, method, arguments) -> {
                            throw new AssertionError(method.getName());
                        });
    }

    void takesEverything() {
        platform.answer(
                SEND, "{\"errcode\":0,\"errmsg\":\"ok\",\"invaliduser\":\"\",\"msgid\":\"MSG-1\"}");
        platform.answer(WELCOME, "{\"errcode\":0,\"errmsg\":\"ok\"}");
        platform.answer(UPLOAD, "{\"errcode\":0,\"errmsg\":\"ok\",\"media_id\":\"MEDIA-1\"}");
    }

    static WecomSettings settings(String apiBase) {
        var settings = new HashMap<String, String>();
        Map.of(
                        "name", "demo",
                        "corp-id", CORP,
                        "secret", SECRET,
                        "agent-id", "1000002",
                        "token", TOKEN,
                        "aes-key", AES_KEY,
                        "api-base", apiBase,
                        "timeout", "2s")
                .forEach(
                        (key, value) ->
                                settings.put("guanjia.channels.wecom.accounts[0]." + key, value));
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("guanjia.channels.wecom", Bindable.of(WecomSettings.class))
                .get();
    }

    static MessageCrypt crypt() {
        return new MessageCrypt(TOKEN, AES_KEY, CORP);
    }

    static Callback callback(String xml) {
        return sealed(crypt(), xml);
    }

    static Callback sealed(MessageCrypt crypt, String xml) {
        var sealed = crypt.encrypt(xml, TIMESTAMP, NONCE);
        return callback(
                query(sealed.msgSignature()),
                "<xml><ToUserName><![CDATA["
                        + CORP
                        + "]]></ToUserName><AgentID>1000002</AgentID><Encrypt><![CDATA["
                        + sealed.encrypt()
                        + "]]></Encrypt></xml>");
    }

    static Map<String, String> query(String signature) {
        return Map.of("msg_signature", signature, "timestamp", TIMESTAMP, "nonce", NONCE);
    }

    static Callback callback(Map<String, String> query, String body) {
        return new Callback("wecom", "demo", query, "text/xml", body.getBytes(UTF_8), NOW);
    }

    /** The check of the address. */
    static Callback check(MessageCrypt crypt, String echo) {
        var sealed = crypt.encrypt(echo, TIMESTAMP, NONCE);
        var query = new HashMap<>(query(sealed.msgSignature()));
        query.put("echostr", sealed.encrypt());
        return callback(query, "");
    }

    @Override
    public void close() {
        channel.close();
        platform.close();
    }

    static final class Codes implements OneTimeCodes {
        final Map<String, Code> kept = new ConcurrentHashMap<>();
        private final Clock clock;

        Codes(Clock clock) {
            this.clock = clock;
        }

        @Override
        public Mono<Void> keep(Address party, Code code) {
            return Mono.fromRunnable(() -> kept.put(party.key(), code));
        }

        @Override
        public Mono<Code> take(Address party) {
            return Mono.defer(() -> Mono.justOrEmpty(kept.remove(party.key())))
                    .filter(code -> clock.instant().isBefore(code.until()));
        }
    }
}
