package io.guanjia.adapters.wecom.kf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.MemoryTokens;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.channel.Handing;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.wecom.KfCustomer;
import io.guanjia.sandbox.wecom.WecomKfPlatform;
import io.netty.handler.codec.http.QueryStringDecoder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBufferUtils;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A customer, the platform's stand-in and the channel, over their real interfaces. */
class KfInTheSandboxTest {

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.forTests());
    private final WecomKfPlatform platform = sandbox.platform(WecomKfPlatform.class);
    private final Kit.Journal journal = new Kit.Journal();
    private final Kit.MemoryCursors cursors = new Kit.MemoryCursors(Clock.systemUTC());
    private final Kit.MemoryCodes codes = new Kit.MemoryCodes();
    private final WecomKfChannel channel =
            new WecomKfChannel(
                    List.of(Accounts.demo(Map.of("api-base", sandbox.address() + "/wecom-kf"))),
                    new MemoryTokens(),
                    new SampleFiles(),
                    cursors,
                    journal,
                    codes,
                    Clock.systemUTC());
    private final DisposableServer gateway =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::called).bindNow();
    private final KfCustomer lilei;

    KfInTheSandboxTest() {
        var settings = new HashMap<String, String>();
        settings.put("corp-id", Accounts.CORP);
        settings.put("secret", Accounts.SECRET);
        settings.put("token", Accounts.TOKEN);
        settings.put("aes-key", Accounts.AES_KEY);
        settings.put("open-kfid", Accounts.KFID);
        platform.open(
                "demo",
                settings,
                URI.create("http://127.0.0.1:" + gateway.port() + "/callbacks/wecom-kf/demo"));
        lilei = platform.require("demo").meet("李雷");
    }

    @BeforeEach
    void begin() {
        channel.sync().start();
        Mono.defer(() -> Mono.just(cursors.ends.get()))
                .filter(ends -> ends > 0)
                .repeatWhenEmpty(tries -> tries.delayElements(Duration.ofMillis(10)))
                .block(Kit.PATIENCE);
    }

    @AfterEach
    void end() {
        channel.sync().stop();
        channel.close();
        gateway.disposeNow();
        sandbox.close();
    }

    @Test
    void passesTheConsolesCheck() {
        assertThat(platform.require("demo").verify().toCompletableFuture().join()).isTrue();
    }

    @Test
    void hearsAndAnswersACustomer() {
        assertThat(lilei.says("怎么还款").toCompletableFuture().join()).isEqualTo("acknowledged");

        var heard = hears();
        assertThat(heard.content()).isEqualTo(new Content.Text("怎么还款"));
        assertThat(heard.from().party()).isEqualTo(lilei.id());

        answer(
                heard,
                new Content.Suggestions(
                        "您想问的是：", List.of(new Content.Option("repay", "还款方式")), null));
        lilei.does("choose", Map.of("id", "repay"));

        assertThat(hears().content()).isEqualTo(new Content.Choice("repay", "还款方式"));
    }

    @Test
    void greetsWhoComesIn() {
        lilei.does("enter", Map.of());

        answer(hears(), new Content.Text("欢迎光临"));

        assertThat(lilei.reads()).containsExactly("欢迎光临");
        assertThat(lilei.chat().getLast().note()).isEqualTo("事件响应消息");
    }

    @Test
    void sendsFilesAndCards() {
        lilei.says("把账单发给我");
        var heard = hears();

        answer(heard, new Content.File(SampleFiles.FILE, "三月账单.pdf", 64L));
        answer(heard, new Content.Image(SampleFiles.IMAGE));
        answer(heard, new Content.Link("还款日历", null, "https://bank.example/c", null));

        assertThat(lilei.chat().stream().filter(line -> !line.mine()).map(line -> line.kind()))
                .containsExactly("file", "image", "card");
        assertThat(lilei.reads().getFirst()).isEqualTo("三月账单.pdf");
    }

    @Test
    void takesACustomersFile() {
        lilei.does("file", Map.of());
        var file = (Content.File) hears().content();

        var name =
                channel.fetch(
                                new Address("wecom-kf", "demo", lilei.id()),
                                file.media(),
                                stream ->
                                        DataBufferUtils.join(stream.bytes())
                                                .map(
                                                        all -> {
                                                            int size = all.readableByteCount();
                                                            DataBufferUtils.release(all);
                                                            return stream.name() + " " + size;
                                                        }))
                        .block(Kit.PATIENCE);

        assertThat(name).startsWith("申请表.pdf ");
    }

    @Test
    void missesNothingWhenCallbacksAreLostOrComeThreeTimes() {
        var faults = platform.require("demo").faults();
        faults.add(Fault.next(2, Fault.CALLBACKS, new Effect.Lose()));
        lilei.says("第一句").toCompletableFuture().join();
        lilei.says("第二句").toCompletableFuture().join();
        faults.add(Fault.next(1, Fault.CALLBACKS, new Effect.Duplicate(2, List.of())));
        lilei.says("第三句").toCompletableFuture().join();

        assertThat(journal.next(3).stream().map(one -> ((InboundMessage) one).content()))
                .containsExactly(
                        new Content.Text("第一句"), new Content.Text("第二句"), new Content.Text("第三句"));
        assertThat(journal.all()).isEmpty();
    }

    @Test
    void hearsThatAMessageWasTurnedAway() {
        lilei.says("别再发了");
        var heard = hears();
        lilei.does("reject", Map.of());

        var accepted = answer(heard, new Content.Text("您好"));

        assertThat(journal.next(1).getFirst())
                .isInstanceOfSatisfying(
                        Receipt.class,
                        receipt -> assertThat(receipt.platformId()).isEqualTo(accepted));
    }

    @Test
    void hearsThatAMemberServesTheCustomerAndThatTheyAreDone() {
        lilei.says("怎么还款").toCompletableFuture().join();
        lilei.does("person", Map.of("text", "我来为您处理"));
        lilei.does("end", Map.of());

        assertThat(journal.next(4).stream().map(one -> ((InboundMessage) one).content()))
                .satisfiesExactly(
                        said -> assertThat(said).isEqualTo(new Content.Text("怎么还款")),
                        taken ->
                                assertThat(taken)
                                        .isInstanceOfSatisfying(
                                                Event.TakenElsewhere.class,
                                                it -> assertThat(it.member()).isEqualTo("xiaoli")),
                        answered ->
                                assertThat(answered)
                                        .isInstanceOfSatisfying(
                                                Event.AnsweredElsewhere.class,
                                                it ->
                                                        assertThat(it.said())
                                                                .isEqualTo(
                                                                        new Content.Text(
                                                                                "我来为您处理"))),
                        left ->
                                assertThat(left)
                                        .isInstanceOfSatisfying(
                                                Event.LeftElsewhere.class,
                                                it -> assertThat(it.member()).isEqualTo("xiaoli")));
    }

    @Test
    void endsASessionAndAnswersInTheNext() {
        lilei.says("谢谢");
        var heard = hears();
        answer(heard, new Content.Text("不客气"));

        answer(heard, channel.told("demo", Handing.OVER).orElseThrow());

        assertThat(lilei.state()).isEqualTo(4);
        // The code of the end is good for one message.
        answer(heard, new Content.Text("请为本次服务打分"));
        assertThat(lilei.chat().getLast().note()).isEqualTo("事件响应消息");
        assertThatThrownBy(() -> answer(heard, new Content.Text("还在吗")))
                .isInstanceOf(WindowClosed.class);
        // Ended once more, it is over as before.
        answer(heard, channel.told("demo", Handing.OVER).orElseThrow());

        lilei.says("还有一个问题");
        answer(hears(), new Content.Text("请说"));
        assertThat(lilei.reads()).containsExactly("不客气", "请为本次服务打分", "请说");
    }

    @Test
    void leavesACustomerToTheServicers() {
        lilei.says("转人工");
        var heard = hears();

        answer(heard, new Content.Native("service_state", Map.of("service_state", 2)));
        assertThat(lilei.state()).isEqualTo(2);
        assertThatThrownBy(() -> answer(heard, new Content.Text("在吗")))
                .isInstanceOf(WindowClosed.class);

        lilei.does("person", Map.of("text", "我来为您处理"));
        assertThat(hears().content()).isInstanceOf(Event.TakenElsewhere.class);
        assertThat(lilei.state()).isEqualTo(3);
    }

    @Test
    void carriesOnAfterTheTokensWereRevoked() {
        lilei.says("在吗");
        var heard = hears();
        platform.expireTokens();

        answer(heard, new Content.Text("在的"));

        assertThat(lilei.reads()).containsExactly("在的");
        assertThat(platform.tokensIssued()).isEqualTo(2);
    }

    @Test
    void waitsWhereThePlatformTakesNoMoreCallsForNow() {
        lilei.says("在吗");
        var heard = hears();
        var limits = platform.require("demo").limits();

        limits.perMinute().limit("kf/send_msg", 0);
        assertThatThrownBy(() -> answer(heard, new Content.Text("在的")))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled ->
                                assertThat(throttled.retryAfter())
                                        .isEqualTo(Duration.ofMinutes(1)));

        limits.perMinute().limit("kf/send_msg", 100);
        answer(heard, new Content.Text("在的"));
        assertThat(lilei.reads()).containsExactly("在的");
    }

    /** As the gateway does: the code that came along is kept before anybody answers. */
    private InboundMessage hears() {
        var heard = (InboundMessage) journal.next(1).getFirst();
        channel.codeOf(heard).ifPresent(code -> codes.keep(heard.from(), code).block(Kit.PATIENCE));
        return heard;
    }

    private String answer(InboundMessage message, Content content) {
        var accepted =
                channel.deliver(
                                new OutboundMessage(
                                        UUID.randomUUID().toString(),
                                        message.from(),
                                        Author.BOT,
                                        content))
                        .block(Kit.PATIENCE);
        return Objects.requireNonNull(accepted).platformId();
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
                .map(body -> new Callback("wecom-kf", "demo", query, null, body, Instant.now()))
                .flatMap(
                        callback ->
                                query.containsKey("echostr")
                                        ? channel.handshake(callback)
                                        : channel.read(callback)
                                                .map(
                                                        reading ->
                                                                reading.answers()
                                                                        .acknowledgement()))
                .flatMap(
                        answer ->
                                response.sendString(Mono.just(new String(answer.body(), UTF_8)))
                                        .then());
    }
}
