package io.guanjia.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackRejected.Kind;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small channel that does all that is asked of one. A callback's body is five lines: whom it is
 * for, its id if it has one, when, of which type, and the words; its query is when it was made and
 * a proof of that and the body.
 */
class PaperChannel implements Channel, AutoCloseable {

    static final String NAME = "paper";
    static final String ACCOUNT = "desk";
    static final String PARTY = "customer-0001";
    static final String SECRET = "paper-secret-value";
    static final String PATH = "/send";
    static final Duration BELIEVED_FOR = Duration.ofMinutes(10);
    static final WindowRule WINDOW = new WindowRule(Trigger.MESSAGE, 3, Duration.ofHours(48));

    private final ConnectionProvider connections = ApiClient.connections(NAME);
    private final ApiClient api;

    PaperChannel(URI platform) {
        this.api = new ApiClient(platform, Duration.ofSeconds(1), connections);
    }

    static String proof(String secret, String time, String body) {
        return hash(secret + time + body);
    }

    private static String hash(String text) {
        return "%08x".formatted(text.hashCode());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Collection<ChannelAccount> accounts() {
        return List.of(
                new ChannelAccount(ACCOUNT, true, null, windows(), Map.of(), capabilities()));
    }

    List<WindowRule> windows() {
        return List.of(WINDOW);
    }

    Capabilities capabilities() {
        return Capabilities.words(TextLimit.characters(100))
                .receives(Capabilities.Kind.EVENT)
                .build();
    }

    @Override
    public Mono<CallbackResponse> handshake(Callback callback) {
        return Mono.fromSupplier(
                () -> {
                    require(isProven(callback), Kind.FORBIDDEN, "proof");
                    return CallbackResponse.text(callback.query().getOrDefault("echostr", ""));
                });
    }

    @Override
    public Mono<Reading> read(Callback callback) {
        return Mono.fromSupplier(
                () -> {
                    var lines = new String(callback.body(), UTF_8).split("\n", -1);
                    require(callback.account().equals(ACCOUNT), Kind.FORBIDDEN, "account");
                    require(isProven(callback), Kind.FORBIDDEN, "proof");
                    require(isFresh(callback), Kind.FORBIDDEN, "stale");
                    require(lines.length == 5, Kind.MALFORMED, "lines");
                    require(isForUs(lines[0]), Kind.FORBIDDEN, "receiver");
                    return new Reading(List.of(message(callback, lines)), new Acknowledged());
                });
    }

    private static void require(boolean condition, Kind kind, String reason) {
        if (!condition) {
            throw new CallbackRejected(kind, reason);
        }
    }

    boolean isProven(Callback callback) {
        var time = callback.query().getOrDefault("time", "");
        return proof(SECRET, time, new String(callback.body(), UTF_8))
                .equals(callback.query().get("proof"));
    }

    boolean isFresh(Callback callback) {
        var made = Instant.parse(callback.query().getOrDefault("time", ""));
        return Duration.between(made, callback.receivedAt()).abs().compareTo(BELIEVED_FOR) <= 0;
    }

    boolean isForUs(String receiver) {
        return receiver.equals(ACCOUNT);
    }

    private InboundMessage message(Callback callback, String[] lines) {
        var content = content(lines[3], lines[4]);
        return new InboundMessage(
                new Address(NAME, ACCOUNT, PARTY),
                key(lines[1], lines[2], hash(String.join("\n", lines))),
                lines[1].isEmpty() ? null : lines[1],
                content,
                content instanceof Content.Text ? opens() : null,
                sentAt(Instant.parse(lines[2]), callback.receivedAt()),
                callback.receivedAt(),
                String.join("\n", lines));
    }

    Content content(String type, String words) {
        return switch (type) {
            case "text" -> new Content.Text(words);
            case "event" -> new Event.Other(words, Map.of());
            default -> new Content.Unreadable(type + "\n" + words);
        };
    }

    String key(String id, String at, String hash) {
        return id.isEmpty() ? "event:" + hash : "message:" + id;
    }

    @Nullable Trigger opens() {
        return Trigger.MESSAGE;
    }

    Instant sentAt(Instant sent, Instant received) {
        return sent;
    }

    @Override
    public Route route(Content content) {
        return new Route("send", true);
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(
                () -> {
                    if (!message.to().account().equals(ACCOUNT)) {
                        return Mono.error(new Blocked("no such account", null, null));
                    }
                    return message.content() instanceof Content.Text(var words)
                            ? say(words)
                            : Mono.error(new Refused("paper takes words only"));
                });
    }

    Mono<Accepted> say(String words) {
        return api.post(PATH, Map.of(), words.getBytes(UTF_8)).map(this::accepted);
    }

    Accepted accepted(ApiAnswer answer) {
        var code = code(answer.required());
        if (!code.isEmpty()) {
            throw failure(code);
        }
        return new Accepted("");
    }

    /** Empty where there is none. */
    static String code(ApiAnswer answer) {
        try {
            var json = JsonMapper.shared().readTree(answer.text());
            if (json.isObject()) {
                return json.path("code").asString("");
            }
        } catch (JacksonException e) {
            // Said below.
        }
        throw new OutcomeUnknown("no answer that can be read");
    }

    DeliveryException failure(String code) {
        return switch (code) {
            case "window" -> new WindowClosed("window: nothing may follow any more");
            case "gone" -> new Unreachable("gone: nobody there");
            default -> new Refused("code " + code);
        };
    }

    @Override
    public void close() {
        connections.dispose();
    }

    private record Acknowledged() implements Reading.Answers {

        @Override
        public CallbackResponse acknowledgement() {
            return CallbackResponse.text("ok");
        }

        @Override
        public Optional<CallbackResponse> passively(Content content) {
            return Optional.empty();
        }
    }
}
