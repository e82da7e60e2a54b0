package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.phone.PhoneLine;
import io.guanjia.sandbox.weibo.WeiboAccount.TokenState;
import io.guanjia.sandbox.weibo.WeiboPlatform;
import io.guanjia.sandbox.weibo.WeiboUser;
import io.netty.handler.codec.http.QueryStringDecoder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The channel against the stand-in for its platform, over HTTP both ways. */
class SandboxTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<InboundMessage> heard = new CopyOnWriteArrayList<>();
    private final DisposableServer gateway =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::callback).bindNow();
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.forTests());
    private final WeiboChannel channel =
            new WeiboChannel(
                    List.of(
                            Accounts.demo(
                                    Map.of(
                                            "api-base",
                                            sandbox.address() + "/weibo",
                                            "timeout",
                                            "2s"))),
                    tools.jackson.databind.json.JsonMapper.shared(),
                    Clock.systemUTC());
    private io.guanjia.sandbox.weibo.WeiboAccount account;
    private WeiboUser lilei;
    private volatile @Nullable Content answer;

    @BeforeEach
    void open() {
        var platform = sandbox.platform(WeiboPlatform.class);
        platform.open(
                "demo",
                Map.of(
                        "uid", Accounts.UID,
                        "app-key", "1234567890",
                        "app-secret", Accounts.SECRET,
                        "access-token", Accounts.TOKEN),
                URI.create("http://127.0.0.1:" + gateway.port() + "/callbacks/weibo/demo"));
        account = platform.account("demo");
        lilei = account.meet("李雷");
    }

    @AfterEach
    void close() {
        channel.close();
        sandbox.stop();
        gateway.disposeNow();
    }

    @Test
    void theAddressIsChecked() {
        assertThat(account.verify().block(PATIENCE)).isTrue();
    }

    @Test
    void everythingACustomerDoesIsUnderstood() {
        for (var gesture :
                List.of(
                        "text",
                        "image",
                        "voice",
                        "location",
                        "mention",
                        "follow",
                        "scan",
                        "menu",
                        "view",
                        "subscribe",
                        "unsubscribe",
                        "unfollow")) {
            assertThat(does(gesture)).as(gesture).isEqualTo("acknowledged");
        }

        assertThat(heard)
                .extracting(message -> message.content().getClass().getSimpleName())
                .containsExactly(
                        "Text",
                        "Image",
                        "Voice",
                        "Location",
                        "Text",
                        "Followed",
                        "Scanned",
                        "MenuTapped",
                        "MenuTapped",
                        "Other",
                        "Other",
                        "Unfollowed");
        assertThat(heard)
                .extracting(InboundMessage::trigger)
                .containsExactly(
                        Trigger.MESSAGE,
                        Trigger.MESSAGE,
                        Trigger.MESSAGE,
                        Trigger.MESSAGE,
                        Trigger.MENTION,
                        Trigger.FOLLOW,
                        Trigger.SCAN,
                        Trigger.MENU,
                        null,
                        Trigger.FOLLOW,
                        null,
                        null);
    }

    @Test
    void whatItSaysIsReadEitherWay() {
        answer = new Content.Text("您好 & 再见 100% 😀");
        does("text");
        answer = null;
        channel.deliver(to(new Content.Link("还款日历", "提醒", "https://b.example/1", null)))
                .block(PATIENCE);
        channel.deliver(to(new Content.Location(31.23, 121.47, null, null))).block(PATIENCE);

        assertThat(lilei.awaitReceived(3))
                .extracting(PhoneLine::text)
                .containsExactly("您好 & 再见 100% 😀", "还款日历\n提醒", "121.47,31.23");
    }

    @Test
    void aCustomersFilesAreFetched() {
        does("image");
        does("voice");

        for (var message : heard) {
            var media =
                    message.content() instanceof Content.Image(var picture)
                            ? picture
                            : ((Content.Voice) message.content()).media();
            var bytes = channel.fetch(message.from(), media, MediaTest::bytes).block(PATIENCE);
            assertThat(bytes).hasSizeGreaterThan(30);
        }
    }

    @Test
    void thePlatformsRulesAreUnderstood() {
        assertThat(failure()).isInstanceOf(Unreachable.class);
        does("mention");
        assertThat(channel.deliver(words()).block(PATIENCE)).isNotNull();
        assertThat(failure()).isInstanceOf(Unreachable.class);

        does("follow");
        assertThat(channel.deliver(words()).block(PATIENCE)).isNotNull();
        sandbox.clock().advance(Duration.ofHours(48));
        assertThat(failure()).isInstanceOf(WindowClosed.class);
        does("unfollow");
        assertThat(failure()).isInstanceOf(Unreachable.class);
    }

    @Test
    void aTokenThatWasTakenBackStopsTheAccountAndShowsInItsHealth() {
        does("text");
        assertThat(health()).singleElement().matches(sign -> sign.problem() == null);

        account.token(TokenState.REVOKED);

        var blocked = (Blocked) failure();
        assertThat(blocked.api()).isNull();
        assertThat(blocked.until()).isNull();
        assertThat(health()).containsExactly(HealthSign.ill("token", "refused"));
    }

    @Test
    void whatGoesWrongOnTheWayIsTold() {
        does("text");
        account.faults().add(Fault.next(1, "messages/reply", new Effect.ErrorCode(10002)));
        assertThat(failure()).isInstanceOf(Unavailable.class);
        account.faults().add(Fault.next(1, "messages/reply", new Effect.ErrorCode(10024)));
        assertThat(((Blocked) failure()).until()).isNotNull();
        account.faults().add(Fault.next(1, "messages/reply", new Effect.Hang(true)));
        assertThat(failure()).isInstanceOf(OutcomeUnknown.class);
        account.faults().add(Fault.next(1, "messages/reply", new Effect.Close(true)));
        assertThat(failure()).isInstanceOf(OutcomeUnknown.class);
        account.faults().add(Fault.next(1, "messages/reply", new Effect.Status(503)));
        assertThat(failure()).isInstanceOf(Unavailable.class);
        assertThat(lilei.reads()).containsExactly("您好", "您好");
    }

    @Test
    void theHoursCallsAreShownAndOnceTheyAreUsedUpNothingIsSentUntilTheNext() {
        does("text");
        account.quotas().limit("user", 1);
        account.quotas().limit("ip", 10_000);
        assertThat(channel.deliver(words()).block(PATIENCE)).isNotNull();

        var blocked = (Blocked) failure();
        assertThat(blocked.api()).isEqualTo("messages-reply");
        assertThat(blocked.until()).isNotNull();
        await().untilAsserted(
                        () ->
                                assertThat(channel.callsLeft("demo").collectList().block(PATIENCE))
                                        .containsExactly(
                                                CallsLeft.thisHour("user-calls", 0, 1),
                                                CallsLeft.thisHour(
                                                        "address-calls", 9_999, 10_000)));
        assertThat(lilei.reads()).containsExactly("您好");
    }

    @Test
    void aDoubledCallbackHasOneKeyAndTwoMessagesOfOneSecondHaveTwo() {
        account.faults().add(Fault.next(1, Fault.CALLBACKS, new Effect.Duplicate(2, List.of())));
        does("text");
        assertThat(heard)
                .hasSize(3)
                .extracting(InboundMessage::dedupeKey)
                .containsOnly(heard.getFirst().dedupeKey());

        does("image");
        does("image");
        assertThat(heard.stream().map(InboundMessage::dedupeKey).distinct()).hasSize(3);
    }

    @Test
    void leavingIsAnsweredByNobody() {
        does("follow");
        answer = new Content.Text("再见");

        does("unfollow");

        assertThat(heard.getLast().content()).isEqualTo(new Event.Unfollowed());
        assertThat(lilei.reads()).isEmpty();
    }

    private String does(String gesture) {
        try {
            return lilei.does(gesture, Map.of("text", "在吗")).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(gesture, e);
        }
    }

    private OutboundMessage words() {
        return to(new Content.Text("您好"));
    }

    private OutboundMessage to(Content content) {
        return new OutboundMessage(
                "d1", new Address("weibo", "demo", lilei.id()), Author.BOT, content);
    }

    private DeliveryException failure() {
        return catchThrowableOfType(
                DeliveryException.class, () -> channel.deliver(words()).block(PATIENCE));
    }

    private List<HealthSign> health() {
        return Objects.requireNonNull(channel.health("demo").collectList().block(PATIENCE));
    }

    /** What the gateway's endpoint does with a callback. */
    private Mono<Void> callback(HttpServerRequest request, HttpServerResponse response) {
        var query = new HashMap<String, String>();
        new QueryStringDecoder(request.uri())
                .parameters()
                .forEach((name, values) -> query.put(name, values.getFirst()));
        var check = request.method().name().equals("GET");
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .map(
                        body ->
                                new Callback(
                                        "weibo",
                                        "demo",
                                        query,
                                        "application/json",
                                        body,
                                        Clock.systemUTC().instant()))
                .flatMap(callback -> check ? channel.handshake(callback) : read(callback))
                .flatMap(answered -> response.sendByteArray(Mono.just(answered.body())).then())
                .onErrorResume(e -> response.status(403).send());
    }

    private Mono<CallbackResponse> read(Callback callback) {
        return channel.read(callback)
                .map(
                        reading -> {
                            reading.inbound().forEach(one -> heard.add((InboundMessage) one));
                            var content = answer;
                            return content == null
                                    ? reading.answers().acknowledgement()
                                    : reading.answers()
                                            .passively(content)
                                            .orElseGet(reading.answers()::acknowledgement);
                        });
    }
}
