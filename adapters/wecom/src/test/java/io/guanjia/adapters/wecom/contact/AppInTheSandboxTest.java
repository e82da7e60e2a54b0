package io.guanjia.adapters.wecom.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.MemoryTokens;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.channel.SharedQuotas;
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
import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.wecom.WecomCustomer;
import io.guanjia.sandbox.wecom.WecomMember;
import io.guanjia.sandbox.wecom.WecomPlatform;
import io.netty.handler.codec.http.QueryStringDecoder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Members, customers and groups, the platform's stand-in and the channel, over their real
 * interfaces.
 */
class AppInTheSandboxTest {

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.forTests());
    private final WecomPlatform platform = sandbox.platform(WecomPlatform.class);
    private final List<InboundMessage> heard = new CopyOnWriteArrayList<>();
    private final SharedQuotas quotas = SharedQuotas.ofOneNode(sandbox.clock());
    private final App.Codes codes = new App.Codes(sandbox.clock());
    private final WecomChannel channel = node();
    private final DisposableServer gateway =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::called).bindNow();
    private final WecomCustomer lilei;
    private final WecomMember xiaoli;

    AppInTheSandboxTest() {
        platform.open(
                "demo",
                Map.of(
                        "corp-id", App.CORP,
                        "secret", App.SECRET,
                        "agent-id", "1000002",
                        "token", App.TOKEN,
                        "aes-key", App.AES_KEY),
                URI.create("http://127.0.0.1:" + gateway.port() + "/callbacks/wecom/demo"));
        lilei = platform.require("demo").meet("李雷");
        xiaoli = platform.require("demo").member("xiaoli");
    }

    /** All nodes count together. */
    private WecomChannel node() {
        return new WecomChannel(
                App.settings(sandbox.address() + "/wecom").accounts(),
                new MemoryTokens(),
                new SampleFiles(),
                codes,
                quotas,
                App.noTasks(),
                sandbox.clock());
    }

    @AfterEach
    void end() {
        channel.close();
        gateway.disposeNow();
        sandbox.close();
    }

    @Test
    void passesTheConsolesCheck() {
        assertThat(platform.require("demo").verify().toCompletableFuture().join()).isTrue();
    }

    @Test
    void welcomesANewCustomerOnce() {
        does(lilei, "add", Map.of("state", "branch-7"));
        var added = heard.getLast();
        assertThat(added.from().party()).isEqualTo(lilei.id());
        assertThat(added.trigger()).isEqualTo(Trigger.FOLLOW);
        assertThat(((Event.Introduced) added.content()).fields())
                .containsEntry("State", "branch-7");

        say(lilei.id(), new Content.Text("您好，我是您的客户经理"));
        assertThatThrownBy(() -> say(lilei.id(), new Content.Text("还在吗")))
                .isInstanceOf(WindowClosed.class);

        assertThat(lilei.reads()).containsExactly("您好，我是您的客户经理");
    }

    @Test
    void doesNotUseAWelcomeThatIsTooOld() {
        does(lilei, "add", Map.of());
        sandbox.clock().shiftTo(Duration.ofSeconds(21));

        assertThatThrownBy(() -> say(lilei.id(), new Content.Text("您好")))
                .isInstanceOf(WindowClosed.class);
        assertThat(platform.require("demo").calls().all())
                .noneMatch(call -> call.api().equals("externalcontact/send_welcome_msg"));
    }

    @Test
    void hearsOfCustomersGroupsAndTags() {
        does(lilei, "add", Map.of());
        does(xiaoli, "remark", Map.of());
        does(xiaoli, "group", Map.of());
        does(lilei, "join", Map.of());
        does(xiaoli, "tag", Map.of());
        does(lilei, "unfriend", Map.of());

        assertThat(heard).hasSize(6);
        assertThat(
                        heard.stream()
                                .map(
                                        one ->
                                                one.content() instanceof Event.Other other
                                                        ? other.fields().get("ChangeType")
                                                        : "entered"))
                .containsExactly(
                        "entered",
                        "edit_external_contact",
                        "create",
                        "update",
                        "create",
                        "del_follow_user");
        assertThat(heard.get(3).from().party()).startsWith("wr");
    }

    @Test
    void talksWithAMember() {
        does(xiaoli, "text", Map.of("text", "今天谁值班"));
        assertThat(heard.getLast().content()).isEqualTo(new Content.Text("今天谁值班"));
        assertThat(heard.getLast().from().party()).isEqualTo("xiaoli");

        say("xiaoli", new Content.Text("小王"));
        say("xiaoli", new Content.File(SampleFiles.FILE, "值班表.pdf", 64L));
        say("xiaoli", new Content.Link("值班表", null, "https://bank.example/duty", null));

        assertThat(xiaoli.reads()).containsExactly("小王", "值班表.pdf", "值班表");
        assertThatThrownBy(() -> say("nobody", new Content.Text("在吗")))
                .isInstanceOf(Unreachable.class);
    }

    @Test
    void whatAMemberCouldNotBeShownThisMinuteWaitsAlone() {
        try (var other = node()) {
            for (var i = 0; i < 30; i++) {
                say(i % 2 == 0 ? channel : other, "xiaoli", new Content.Text("第" + i + "条"));
            }
            var last = new Content.Text("最后一条");
            assertThatThrownBy(() -> say(other, "xiaoli", last))
                    .isInstanceOfSatisfying(
                            Throttled.class,
                            throttled -> {
                                assertThat(throttled.isAlone()).isTrue();
                                assertThat(throttled.retryAfter())
                                        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(62));
                            });
            assertThat(xiaoli.reads()).hasSize(30);

            sandbox.clock().shiftTo(Duration.ofSeconds(63));
            say(other, "xiaoli", last);

            assertThat(xiaoli.reads()).hasSize(31).endsWith("最后一条");
        }
    }

    @Test
    void saysWhatThePlatformsFaultsMean() {
        platform.require("demo")
                .faults()
                .add(Fault.next(1, "message/send", new Effect.ErrorCode(-1)));
        assertThatThrownBy(() -> say("xiaoli", new Content.Text("在吗")))
                .isInstanceOf(Unavailable.class);

        platform.expireTokens();
        say("xiaoli", new Content.Text("在吗"));
        assertThat(platform.tokensIssued()).isEqualTo(2);
        assertThat(xiaoli.reads()).containsExactly("在吗");
    }

    @Test
    void whatAMemberCouldNotBeShownThisHourWaitsToo() {
        for (var i = 0; i < 1000; i++) {
            if (i % 30 == 0) {
                sandbox.clock().shiftTo(Duration.ofSeconds(63).multipliedBy(i / 30));
            }
            say("xiaoli", new Content.Text("第" + i + "条"));
        }
        sandbox.clock().shiftTo(Duration.ofSeconds(63).multipliedBy(40));

        assertThatThrownBy(() -> say("xiaoli", new Content.Text("最后一条")))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.reason()).contains("an hour"));

        sandbox.clock().shiftTo(Duration.ofHours(1).plusSeconds(90));
        say("xiaoli", new Content.Text("最后一条"));
        assertThat(xiaoli.reads()).endsWith("最后一条");
    }

    @Test
    void waitsAMinuteWhereThereWereTooManyCallsAndAMomentWhereThereAreTooManyAtOnce() {
        var limits = platform.require("demo").limits();
        limits.perMinute().limit("message/send", 0);
        assertThatThrownBy(() -> say("xiaoli", new Content.Text("在吗")))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> {
                            assertThat(throttled.retryAfter()).isEqualTo(Duration.ofMinutes(1));
                            assertThat(throttled.isAlone()).isFalse();
                        });

        limits.perMinute().limit("message/send", 100);
        limits.atOnce("message/send", 0);
        assertThatThrownBy(() -> say("xiaoli", new Content.Text("在吗")))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled ->
                                assertThat(throttled.retryAfter())
                                        .isEqualTo(Duration.ofSeconds(2)));

        limits.atOnce("message/send", 5);
        say("xiaoli", new Content.Text("在吗"));
        assertThat(xiaoli.reads()).containsExactly("在吗");
    }

    @Test
    void hearsACallbackThatComesThreeTimesAsOneThing() {
        platform.require("demo")
                .faults()
                .add(Fault.next(1, Fault.CALLBACKS, new Effect.Duplicate(2, List.of())));
        does(xiaoli, "text", Map.of("text", "在吗"));

        assertThat(heard).hasSize(3);
        assertThat(heard.stream().map(InboundMessage::dedupeKey).distinct()).hasSize(1);
    }

    private void say(String party, Content content) {
        say(channel, party, content);
    }

    private static void say(WecomChannel node, String party, Content content) {
        node.deliver(
                        new OutboundMessage(
                                UUID.randomUUID().toString(),
                                new Address("wecom", "demo", party),
                                Author.BOT,
                                content))
                .block(App.PATIENCE);
    }

    private static void does(PhoneCustomer who, String what, Map<String, String> how) {
        assertThat(who.does(what, how).toCompletableFuture().join()).isEqualTo("acknowledged");
    }

    /** As the gateway does: the code that came along is kept before anybody answers. */
    private Mono<CallbackResponse> taken(Reading reading) {
        return Flux.fromIterable(reading.inbound())
                .cast(InboundMessage.class)
                .concatMap(
                        message ->
                                Mono.justOrEmpty(channel.codeOf(message))
                                        .flatMap(code -> codes.keep(message.from(), code))
                                        .thenReturn(message))
                .collectList()
                .map(
                        messages -> {
                            heard.addAll(messages);
                            return reading.answers().acknowledgement();
                        });
    }

    private Mono<Void> called(HttpServerRequest request, HttpServerResponse response) {
        var query = new HashMap<String, String>();
        new QueryStringDecoder(request.uri())
                .parameters()
                .forEach((name, values) -> query.put(name, values.getFirst()));
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .map(
                        body ->
                                new Callback(
                                        "wecom",
                                        "demo",
                                        query,
                                        null,
                                        body,
                                        sandbox.clock().instant()))
                .flatMap(
                        callback ->
                                query.containsKey("echostr")
                                        ? channel.handshake(callback)
                                        : channel.read(callback).flatMap(this::taken))
                .flatMap(
                        answer ->
                                response.sendString(Mono.just(new String(answer.body(), UTF_8)))
                                        .then());
    }
}
