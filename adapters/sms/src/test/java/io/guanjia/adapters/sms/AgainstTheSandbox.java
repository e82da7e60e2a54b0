package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Receipt.Outcome;
import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxClock;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.phone.PhoneLine;
import io.guanjia.sandbox.sms.Handset;
import io.guanjia.sandbox.sms.SmsAccount;
import io.guanjia.sandbox.sms.SmsPlatform;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.QueryStringDecoder;

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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * There and back: what we sign is verified, and what comes back read, by somebody who goes by the
 * provider's documents and shares no code with us.
 */
public abstract class AgainstTheSandbox<A> {

    protected static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NUMBER = "+8613700000001";

    /** Noon in China, and it stays noon. */
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-03-02T04:00:10Z"), ZoneOffset.UTC);

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.forTests().by(NOON));
    private final BlockingQueue<Inbound> heard = new LinkedBlockingQueue<>();
    private final AtomicInteger away = new AtomicInteger();
    private final DisposableServer server =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::answer).bindNow();
    private SmsChannel<A> channel = channel(Map.of());

    /** The settings that both sides know, without {@code api-base}. */
    protected abstract Map<String, String> settings();

    protected abstract String secretKey();

    protected abstract SmsProvider<A> provider(Clock clock);

    protected abstract List<A> accounts(Map<String, String> settings);

    @BeforeEach
    void open() {
        var settings = new HashMap<>(settings());
        settings.put("callback-retries", "0.05s,0.05s");
        platform()
                .open(
                        "main",
                        settings,
                        URI.create(
                                "http://127.0.0.1:%d/callbacks/%s/main"
                                        .formatted(server.port(), channel.name())));
    }

    @AfterEach
    void stop() {
        channel.close();
        server.disposeNow();
        sandbox.stop();
    }

    private SmsChannel<A> channel(Map<String, String> changes) {
        var settings = new HashMap<>(settings());
        settings.putAll(changes);
        var provider = provider(sandbox.clock());
        settings.put("api-base", sandbox.address().resolve("/" + provider.channel()).toString());
        settings.put("timeout", "1s");
        return new SmsChannel<>(provider, accounts(settings));
    }

    private SmsPlatform platform() {
        return (SmsPlatform) sandbox.platform(channel.name());
    }

    protected final SmsAccount account() {
        return platform().account("main");
    }

    protected final SandboxClock clock() {
        return sandbox.clock();
    }

    protected final Handset phone() {
        return account().meet(NUMBER);
    }

    /** As the gateway does it. */
    private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .flatMap(
                        body -> {
                            if (away.getAndDecrement() > 0) {
                                return response.status(503).send();
                            }
                            return channel.read(callback(request, body))
                                    .flatMap(reading -> acknowledge(reading, response))
                                    .onErrorResume(
                                            CallbackRejected.class,
                                            rejected -> response.status(403).send());
                        });
    }

    private Callback callback(HttpServerRequest request, byte[] body) {
        var query = new HashMap<String, String>();
        new QueryStringDecoder(request.uri())
                .parameters()
                .forEach((name, values) -> query.put(name, values.getFirst()));
        return new Callback(
                channel.name(), "main", query, null, body, sandbox.clock().instant(), "127.0.0.1");
    }

    private Mono<Void> acknowledge(Reading reading, HttpServerResponse response) {
        heard.addAll(reading.inbound());
        var answer = reading.answers().acknowledgement().body();
        return response.header("Content-Type", "application/json")
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(answer)))
                .then();
    }

    protected final Inbound heard() throws InterruptedException {
        var next = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as("something heard").isNotNull();
        return next;
    }

    protected final Accepted deliver(Content content) {
        var message =
                new OutboundMessage(
                        UUID.randomUUID().toString(),
                        new Address(channel.name(), "main", NUMBER),
                        Author.BOT,
                        content);
        var accepted = channel.deliver(message).block(PATIENCE);
        assertThat(accepted).isNotNull();
        return accepted;
    }

    /** Looks until the provider has answered. */
    protected final void awaitHealth(HealthSign... signs) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(channel.health("main").collectList().block(PATIENCE))
                                        .containsExactly(signs));
    }

    /** The same of what is left. */
    protected final void awaitLeft(CallsLeft... left) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(channel.callsLeft("main").collectList().block(PATIENCE))
                                        .containsExactly(left));
    }

    protected final List<PhoneLine> awaitLines(int count) throws InterruptedException {
        assertThat(phone().screen().await(lines -> lines.size() >= count, PATIENCE)).isTrue();
        return phone().chat();
    }

    @Test
    void wordsArriveBehindTheSignatureAndAReportComesBack() throws InterruptedException {
        var accepted = deliver(new Content.Text("您好，您的三月账单 100% 已出 & 请按时还款～"));

        assertThat(awaitLines(1))
                .extracting(PhoneLine::text, PhoneLine::note)
                .containsExactly(tuple("【小管家银行】您好，您的三月账单 100% 已出 & 请按时还款～", "1 条计费"));
        var receipt = (Receipt) heard();
        assertThat(receipt.platformId()).isEqualTo(accepted.platformId());
        assertThat(receipt.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(receipt.from()).isEqualTo(new Address(channel.name(), "main", NUMBER));
    }

    @Test
    void aLongTextIsBilledAsItsParts() throws InterruptedException {
        var text = "账".repeat(200);
        deliver(new Content.Text(text));

        var note = awaitLines(1).getFirst().note();

        var parts = channel.accounts().iterator().next().capabilities().text().parts();
        assertThat(parts).isNotNull();
        assertThat(note).isEqualTo(parts.of(text.length()) + " 条计费");
        assertThat(note).isEqualTo("4 条计费");
    }

    @Test
    void aPhoneThatIsOffFailsTheMessage() throws InterruptedException {
        phone().does("switch-off", Map.of());

        var accepted = deliver(new Content.Text("您好"));

        var receipt = (Receipt) heard();
        assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(receipt.platformId()).isEqualTo(accepted.platformId());
        assertThat(receipt.reason()).isNotBlank();
        assertThat(phone().chat()).isEmpty();
    }

    @Test
    void aRefusalIsHeardLikeAnyOtherAnswer() throws Exception {
        var outcome = phone().does("unsubscribe", Map.of()).get(20, TimeUnit.SECONDS);

        assertThat(outcome).isEqualTo("acknowledged");
        var message = (InboundMessage) heard();
        assertThat(message.content()).isEqualTo(new Content.Text("R"));
        assertThat(message.from().party()).isEqualTo(NUMBER);
    }

    @Test
    void whatWasMissedComesAgainAndIsKnownAgain() throws Exception {
        away.set(1);
        assertThat(phone().says("在吗").get(20, TimeUnit.SECONDS)).isEqualTo("missed");
        var later = heard();

        account().faults().add(Fault.next(1, Fault.CALLBACKS, new Effect.Duplicate(2, List.of())));
        phone().says("还在吗").get(20, TimeUnit.SECONDS);
        var copies = List.of(heard().dedupeKey(), heard().dedupeKey(), heard().dedupeKey());

        assertThat(copies).containsOnly(copies.getFirst());
        assertThat(later.dedupeKey()).isNotEqualTo(copies.getFirst());
        assertThat(account().callbacks().all())
                .extracting(one -> one.attempt())
                .containsSubsequence(1, 2);
    }

    @Test
    void aWrongSecretShutsTheAccount() {
        channel.close();
        channel = channel(Map.of(secretKey(), "not-the-right-secret"));

        assertThat(catchThrowable(() -> deliver(new Content.Text("您好"))))
                .isInstanceOf(Blocked.class);
        assertThat(channel.health("main").collectList().block(PATIENCE))
                .extracting(sign -> sign.part())
                .containsExactly("credentials");
    }

    @Test
    void aWrongSignatureOrAnEmptyPurseShutsTheAccountToo() {
        account().broke(true);
        assertThat(catchThrowable(() -> deliver(new Content.Text("您好"))))
                .isInstanceOf(Blocked.class);
        account().broke(false);

        channel.close();
        channel = channel(Map.of("sign-name", "别家银行"));
        assertThat(catchThrowable(() -> deliver(new Content.Text("您好"))))
                .isInstanceOf(Blocked.class);
    }

    @Test
    protected void aNumberThatHasHadEnoughIsGivenARest() {
        var failure =
                catchThrowable(
                        () -> {
                            for (var i = 0; i < 31; i++) {
                                deliver(new Content.Text("您好"));
                            }
                        });

        assertNumberLimit(failure);
    }

    /** Alone, for most. */
    protected void assertNumberLimit(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Throttled.class, throttled -> assertThat(throttled.isAlone()).isTrue());
    }

    @Test
    void whatMayHaveArrivedIsNotTakenForRefused() throws InterruptedException {
        account().faults().add(Fault.next(1, Fault.EVERY_API, new Effect.Hang(true)));

        assertThat(catchThrowable(() -> deliver(new Content.Text("您好"))))
                .isInstanceOf(OutcomeUnknown.class);
        assertThat(awaitLines(1)).hasSize(1);

        account().faults().add(Fault.next(1, Fault.EVERY_API, new Effect.Close(false)));
        assertThat(catchThrowable(() -> deliver(new Content.Text("再见"))))
                .isInstanceOf(OutcomeUnknown.class);
    }
}
