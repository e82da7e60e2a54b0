package io.guanjia.adapters.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.app.AppChannel.TypingSign;
import io.guanjia.contract.ChannelContract;
import io.guanjia.contract.ContractOf;
import io.guanjia.contract.ErrorCodes;
import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.Line;
import io.guanjia.contract.Proof;
import io.guanjia.contract.Proof.Pretence;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.live.Gossip;
import io.guanjia.gateway.media.StoredMedia;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.Receipt;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** There is no platform: what can fail is our own database. */
@ContractOf("app")
class AppContractTest extends ChannelContract {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final String CUSTOMER = "C10086";
    private static final String PUSH = "/push";

    private final JsonMapper json = JsonMapper.shared();
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final FakePlatform push = new FakePlatform();
    private final LettuceConnectionFactory nowhere =
            new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", 1));
    private final ReactiveStringRedisTemplate redis = redis();
    private final MemoryThreads threads = new MemoryThreads();
    private final MemoryPushes pushes = new MemoryPushes();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PushCounts counts = new PushCounts(meters);
    private final List<Inbound> taken = new ArrayList<>();
    private final MemoryUploads uploads = new MemoryUploads();
    private final AppChannel channel =
            new AppChannel(
                    List.of(Accounts.pushing(push.address().resolve(PUSH))),
                    threads,
                    new Presence(redis),
                    pushes,
                    counts,
                    new SilentBell(),
                    new Gossip<>(redis, json, "typing", TypingSign.class),
                    json,
                    clock);
    private final Inbox inbox =
            new Inbox(
                    inbound -> Mono.fromRunnable(() -> taken.addAll(inbound)),
                    threads,
                    new Acquaintances(threads, new Gossip<>(redis, json, "links", Address.class)),
                    uploads,
                    clock);

    private ReactiveStringRedisTemplate redis() {
        nowhere.afterPropertiesSet();
        nowhere.start();
        return new ReactiveStringRedisTemplate(nowhere);
    }

    @AfterEach
    void close() {
        channel.close();
        push.close();
        nowhere.destroy();
    }

    @Override
    protected Channel channel() {
        return channel;
    }

    @Override
    protected String account() {
        return "web";
    }

    @Override
    protected String party() {
        return CUSTOMER;
    }

    @Override
    protected List<String> secrets() {
        return List.of(Accounts.SESSION_KEY, Accounts.LOGIN_KEY, Accounts.PUSH_SECRET);
    }

    @Override
    protected List<? extends Inbound> hears(Said said) {
        return takes(said, Map.of("type", "text", "body", said.words()));
    }

    /** A client that got no answer says it again, under the same id. */
    @Override
    protected List<? extends Inbound> hearsAgain(Said said) {
        return hears(said);
    }

    @Override
    protected List<? extends Inbound> hearsUnknownType(Said said) {
        return takes(said, Map.of("type", "hologram", "depth", 3));
    }

    /** Files are uploaded first; what they are, we know from then. */
    @Override
    protected List<? extends Inbound> brings(Kind kind) {
        var said = new Said("", NOW, 9);
        return switch (kind) {
            case IMAGE -> takes(said, file("image", "image/jpeg"));
            case VOICE -> takes(said, file("voice", "audio/amr"));
            case VIDEO -> takes(said, file("video", "video/mp4"));
            case FILE -> takes(said, file("file", "application/pdf"));
            case LOCATION ->
                    takes(said, Map.of("type", "location", "latitude", 31.23, "longitude", 121.47));
            case TEXT, LINK, MINI_PROGRAM, SUGGESTIONS, TEMPLATE, NATIVE, EVENT ->
                    throw new AssertionError("no sample of " + kind);
        };
    }

    private Map<String, Object> file(String type, String mimeType) {
        var id = uploads.has(mimeType);
        return Map.of("type", type, "media", Map.of("id", id.toString()));
    }

    /** A device confirms the lines it has, and those that were looked at. */
    @Override
    protected List<? extends Inbound> reports(Receipt.Outcome outcome, Supplier<String> sending) {
        assertThat(outcome).isNotEqualTo(Receipt.Outcome.FAILED);
        var id = sending.get();
        taken.clear();
        inbox.confirm(
                        customer(LoginTokens.of(CUSTOMER, NOW)),
                        threads.lines.size(),
                        outcome == Receipt.Outcome.READ)
                .block(PATIENCE);
        return taken.stream()
                .filter(Receipt.class::isInstance)
                .map(Receipt.class::cast)
                .filter(receipt -> receipt.platformId().equals(id))
                .toList();
    }

    private List<Inbound> takes(Said said, Map<String, Object> content) {
        taken.clear();
        var frame =
                json.writeValueAsString(
                        Map.of(
                                "type",
                                "send",
                                "id",
                                "client-" + said.number(),
                                "content",
                                content,
                                "at",
                                said.at().toString()));
        inbox.take(customer(LoginTokens.of(CUSTOMER, NOW)), new MessageReader(json).read(frame))
                .block(PATIENCE);
        return List.copyOf(taken);
    }

    /** As a client's clock gives it. */
    @Override
    protected ChronoUnit tick() {
        return ChronoUnit.MILLIS;
    }

    @Override
    protected AddressCheck handshake() {
        return new NoHandshake();
    }

    @Override
    protected Proof proof() {
        var good = LoginTokens.of(CUSTOMER, NOW);
        return new Proof.OfEachCaller(
                Map.of(
                        Pretence.NOTHING,
                        token("no token", ""),
                        Pretence.BY_ANOTHER,
                        token(
                                "another's",
                                LoginTokens.of(CUSTOMER, NOW, "forged-key-0123456789abcdef01234")),
                        Pretence.ALTERED,
                        token("altered", good.substring(0, good.length() - 4) + "AAAA"),
                        Pretence.OLD,
                        token("expired", LoginTokens.of(CUSTOMER, NOW.minus(Duration.ofDays(1))))));
    }

    private Attempt token(String what, String token) {
        return new Attempt(what, () -> customer(token), Refusal.class);
    }

    private Customer customer(String token) {
        var request =
                MockServerHttpRequest.get(SocketRoute.PATH)
                        .header("Authorization", "Bearer " + token)
                        .build();
        return Visitors.customer(channel.site("web").orElseThrow(), request, null);
    }

    @Override
    protected List<Attempt> garbage() {
        return List.of(
                frame("nothing", ""),
                frame("no JSON", "<xml/>"),
                frame("no id", "{\"content\":{\"type\":\"text\",\"body\":\"hi\"}}"),
                frame(
                        "an id of nobody",
                        "{\"id\":\"a b\",\"content\":{\"type\":\"text\",\"body\":\"x\"}}"),
                frame("no words", "{\"id\":\"1\",\"content\":{\"type\":\"text\",\"body\":\" \"}}"),
                frame(
                        "no place",
                        "{\"id\":\"1\",\"content\":{\"type\":\"location\",\"latitude\":91}}"),
                frame(
                        "too long",
                        "{\"id\":\"1\",\"content\":{\"type\":\"text\",\"body\":\""
                                + "长".repeat(4001)
                                + "\"}}"),
                frame("far too deep", "[".repeat(10_000)));
    }

    private Attempt frame(String what, String frame) {
        return new Attempt(what, () -> new MessageReader(json).read(frame), Refusal.class);
    }

    @Override
    protected void platformTakes() {
        push.answer(PUSH, "{}");
    }

    @Override
    protected int taken() {
        return threads.lines.size();
    }

    @Override
    protected List<Failure> failures() {
        return List.of(
                new Failure("no account", () -> channel.replaceAccounts(List.of()), Blocked.class));
    }

    /** What can break is our own database. */
    @Override
    protected Line line() {
        return new Line.Own(() -> threads.away = true);
    }

    @Override
    protected ErrorCodes errorCodes() {
        return new ErrorCodes.None("an app is told everything or nothing: there is no platform");
    }

    @Override
    protected Map<Class<? extends DeliveryException>, String> impossible() {
        return Map.of(
                Refused.class,
                "what an app cannot show is refused by its kind, which has a test of its own",
                Unreachable.class,
                "a customer who has gone has it when they come back",
                Throttled.class,
                "a line is stored at once or not at all",
                OutcomeUnknown.class,
                "storing can be repeated");
    }

    @Override
    protected Set<WindowRule> windows() {
        return Set.of();
    }

    @Test
    void leavesTheRestToThePushWhoeverIsNotConnected() {
        channel.deliver(message(new Content.Text("您的账单已生成"))).block(PATIENCE);

        assertThat(pushes.expected)
                .singleElement()
                .satisfies(
                        push -> {
                            assertThat(push.customer().party()).isEqualTo(CUSTOMER);
                            assertThat(json.readTree(push.body()).propertyNames())
                                    .containsExactlyInAnyOrder(
                                            "event",
                                            "account",
                                            "customer",
                                            "id",
                                            "sequence",
                                            "kind",
                                            "preview",
                                            "at");
                        });
        assertThat(push.all()).isEmpty();
    }

    @Test
    void aMessageThatIsStoredIsSentEvenWhereNoPushCanBeWrittenDown() {
        pushes.away = true;

        var accepted = channel.deliver(message(new Content.Text("在吗"))).block(PATIENCE);

        assertThat(accepted).isNotNull();
        assertThat(taken()).isEqualTo(1);
        assertThat(
                        meters.counter("guanjia.app.pushes", "account", "web", "outcome", "lost")
                                .count())
                .isEqualTo(1);
    }

    /** Of the one customer's. */
    private static final class MemoryUploads implements Uploads {
        private final Map<UUID, String> types = new HashMap<>();

        UUID has(String mimeType) {
            var file = UUID.randomUUID();
            types.put(file, mimeType);
            return file;
        }

        @Override
        public Mono<Void> note(StoredMedia file, Address by) {
            return Mono.empty();
        }

        @Override
        public Mono<StoredMedia> find(UUID file, Address by) {
            return Mono.justOrEmpty(types.get(file))
                    .map(type -> new StoredMedia(file, type, 64, "a file"));
        }

        @Override
        public Mono<Used> lately(Address by) {
            return Mono.just(new Used(0, 0));
        }

        @Override
        public Mono<Boolean> isTakenBack(UUID file) {
            return Mono.just(false);
        }
    }
}
