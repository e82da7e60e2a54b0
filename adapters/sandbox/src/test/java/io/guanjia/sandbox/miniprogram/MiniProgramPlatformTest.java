package io.guanjia.sandbox.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.phone.PhoneLine;
import io.guanjia.sandbox.wechat.AccountClient;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.message.Bubble;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.Signature;
import io.guanjia.weixin.protocol.XmlFields;
import io.netty.handler.codec.http.QueryStringDecoder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class MiniProgramPlatformTest {

    private static final String APP_ID = "wx0123456789abcdef";
    private static final String TOKEN = "shop-token";
    private static final String AES_KEY = "GuanjiaTestKeyGuanjiaTestKeyGuanjiaTestKey7";
    private static final Map<String, String> SETTINGS =
            Map.of("app-id", APP_ID, "secret", "s", "token", TOKEN, "aes-key", AES_KEY);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
    private final MessageCrypt crypt = new MessageCrypt(TOKEN, AES_KEY, APP_ID);
    private volatile String answer = "success";
    private DisposableServer server;
    private Sandbox sandbox;
    private MiniProgramPlatform platform;

    @BeforeEach
    void start() {
        server = HttpServer.create().host("127.0.0.1").port(0).handle(this::called).bindNow();
        sandbox = Sandbox.start(SandboxSettings.forTests());
        platform = sandbox.platform(MiniProgramPlatform.class);
        platform.open("shop", SETTINGS, callback());
    }

    @AfterEach
    void stop() {
        sandbox.stop();
        server.disposeNow();
    }

    private URI callback() {
        return URI.create("http://127.0.0.1:" + server.port() + "/callbacks/miniprogram/shop");
    }

    @Test
    void callsInJsonThatOnlyItsServerCanRead() throws InterruptedException {
        assertThat(does(lilei(), "text", Map.of("text", "在吗"))).isEqualTo("acknowledged");

        var message = Json.readObject(arrived());
        assertThat(message).isNotNull();
        assertThat(message.path("FromUserName").asString()).isEqualTo(lilei().id());
        assertThat(message.path("CreateTime").isIntegralNumber()).isTrue();
        assertThat(message.path("MsgId").isIntegralNumber()).isTrue();
        assertThat(message.path("MsgType").asString()).isEqualTo("text");
        assertThat(message.path("Content").asString()).isEqualTo("在吗");
    }

    @Test
    void callsInXmlWhereItsConsoleSaysSo() throws InterruptedException {
        var settings = new HashMap<>(SETTINGS);
        settings.put("format", "xml");
        settings.put("app-id", "wx0123456789abcde0");
        settings.put("mode", "plain");
        platform.open("other", settings, callback());
        var customer = platform.accounts().iterator().next().meet("李雷");

        does(customer, "enter", Map.of("from", "goods-9"));

        var message = XmlFields.parse(arrived());
        assertThat(message.text("Event")).isEqualTo("user_enter_tempsession");
        assertThat(message.text("SessionFrom")).isEqualTo("goods-9");
    }

    @Test
    void sendsPicturesAndCardsThatCanBeFetched() throws InterruptedException {
        does(lilei(), "image", Map.of());
        var image = Json.readObject(arrived());
        does(lilei(), "card", Map.of());
        var card = Json.readObject(arrived());

        assertThat(image).isNotNull();
        assertThat(card).isNotNull();
        assertThat(card.path("AppId").asString()).isEqualTo(APP_ID);
        for (var address : List.of(image.path("PicUrl"), card.path("ThumbUrl"))) {
            var answer =
                    client().send(HttpRequest.newBuilder(URI.create(address.asString())).GET());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).contains("image/png");
        }
    }

    @Test
    void takesTwoMessagesInTheMinuteAfterSomebodyEntersAndFiveAfterAMessage() {
        does(lilei(), "enter", Map.of());
        assertThat(says("一")).isZero();
        assertThat(says("二")).isZero();
        assertThat(says("三")).isEqualTo(45047);

        sandbox.clock().advance(Duration.ofMinutes(2));
        assertThat(says("四")).isEqualTo(45015);

        does(lilei(), "text", Map.of("text", "在吗"));
        for (int i = 0; i < 5; i++) {
            assertThat(says("答")).isZero();
        }
        assertThat(says("多")).isEqualTo(45047);
        assertThat(lilei().chat())
                .filteredOn(line -> !line.mine())
                .extracting(PhoneLine::text)
                .containsExactly("一", "二", "答", "答", "答", "答", "答");
    }

    @Test
    void showsLinksAndItsOwnCardsAndTakesNothingElse() {
        does(lilei(), "text", Map.of("text", "在吗"));
        var thumb = program().media().keep("image", "image/png", "a.png", new byte[] {1}).id();

        assertThat(
                        send(
                                "link",
                                """
                                {"title":"还款日历","description":"每月","url":"https://bank.example/c",
                                 "thumb_url":"https://bank.example/c.png"}\
                                """))
                .isZero();
        assertThat(
                        send(
                                "miniprogrampage",
                                """
                                {"title":"订单","pagepath":"pages/order","thumb_media_id":"%s"}\
                                """
                                        .formatted(thumb)))
                .isZero();
        assertThat(send("voice", "{\"media_id\":\"x\"}")).isEqualTo(40008);
        assertThat(send("msgmenu", "{\"head_content\":\"x\"}")).isEqualTo(40008);
        assertThat(lilei().chat())
                .filteredOn(line -> !line.mine())
                .extracting(PhoneLine::kind, PhoneLine::text)
                .containsExactly(tuple("card", "还款日历"), tuple("card", "订单"));
    }

    @Test
    void tellsWhatBecameOfASubscriptionMessageWithoutAGroupAroundTheList()
            throws InterruptedException {
        assertThat(code(subscribe())).isEqualTo(43101);
        does(lilei(), "subscribe", Map.of("template", "t1"));
        assertThat(Json.readObject(arrived())).isNotNull();

        var sent = subscribe();

        assertThat(code(sent)).isZero();
        var result = Json.readObject(arrived());
        assertThat(result).isNotNull();
        assertThat(result.path("Event").asString()).isEqualTo("subscribe_msg_sent_event");
        assertThat(result.path("List").path("MsgID").asString())
                .isEqualTo(sent.path("msgid").asString());
        assertThat(program().customer("李雷").sees().getLast().bubble())
                .isInstanceOfSatisfying(
                        Bubble.Template.class,
                        form -> assertThat(form.miniProgramPage()).isEqualTo("pages/order?id=8"));
        assertThat(code(subscribe())).isEqualTo(43101);
    }

    @Test
    void knowsNothingOfWhatOnlyOfficialAccountsHave() {
        assertThat(code(client().call("message/template/send", "{}"))).isEqualTo(40066);
        assertThat(code(client().call("menu/create", "{}"))).isEqualTo(40066);
        assertThatThrownBy(() -> program().customer("李雷").clicks("MENU"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesNoAnswerThatSaysSomething() {
        answer = "<xml><ToUserName>x</ToUserName></xml>";

        assertThat(does(lilei(), "text", Map.of("text", "在吗"))).isEqualTo("missed");
        assertThat(lilei().chat().getLast().text()).contains("暂时无法使用");
    }

    @Test
    void checksItsCallbackAddress() {
        assertThat(program().verify().block(PATIENCE)).isTrue();
    }

    @Test
    void forgetsEverythingButItsAccounts() {
        does(lilei(), "text", Map.of("text", "在吗"));

        sandbox.reset();

        assertThat(platform.accounts()).hasSize(1);
        assertThat(platform.accounts().iterator().next().customers()).isEmpty();
    }

    @Test
    void namesTheSettingThatIsMissing() {
        assertThatThrownBy(() -> platform.open("x", Map.of("app-id", "wx1"), callback()))
                .hasMessageContaining("secret");
        var wrong = new HashMap<>(SETTINGS);
        wrong.put("mode", "secure");
        assertThatThrownBy(() -> platform.open("x", wrong, callback()))
                .hasMessageContaining("mode");
    }

    private WechatAccount program() {
        return platform.program("shop");
    }

    private PhoneCustomer lilei() {
        return platform.accounts().stream()
                .filter(account -> account.name().equals("shop"))
                .findFirst()
                .orElseThrow()
                .meet("李雷");
    }

    private static String does(
            PhoneCustomer customer, String gesture, Map<String, String> details) {
        return customer.does(gesture, details)
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private AccountClient client() {
        return new AccountClient(
                sandbox.address().resolve("/miniprogram"), program().settings(), PATIENCE);
    }

    private int says(String words) {
        return send("text", Json.object().put("content", words).toString());
    }

    private int send(String type, String content) {
        return code(
                client().call(
                                "message/custom/send",
                                "{\"touser\":\"%s\",\"msgtype\":\"%s\",\"%s\":%s}"
                                        .formatted(lilei().id(), type, type, content)));
    }

    private JsonNode subscribe() {
        return client().call(
                        "message/subscribe/send",
                        """
                        {"touser":"%s","template_id":"t1","page":"pages/order?id=8",
                         "data":{"thing1":{"value":"雨伞"}}}\
                        """
                                .formatted(lilei().id()));
    }

    private static int code(JsonNode answer) {
        return answer.path("errcode").asInt(0);
    }

    private String arrived() throws InterruptedException {
        return Objects.requireNonNull(arrivals.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    /** The shop's server: opens what is sealed as safe mode in JSON wants it. */
    private Mono<Void> called(HttpServerRequest request, HttpServerResponse response) {
        var query = new HashMap<String, String>();
        new QueryStringDecoder(request.uri())
                .parameters()
                .forEach((name, values) -> query.put(name, values.getFirst()));
        assertThat(
                        Signature.matches(
                                query.get("signature"),
                                TOKEN,
                                query.get("timestamp"),
                                query.get("nonce")))
                .isTrue();
        if (request.method().name().equals("GET")) {
            return response.sendString(Mono.just(query.getOrDefault("echostr", ""))).then();
        }
        return request.receive()
                .aggregate()
                .asString(UTF_8)
                .flatMap(
                        body -> {
                            arrivals.add(opened(query, body));
                            return response.sendString(Mono.just(answer)).then();
                        });
    }

    private String opened(Map<String, String> query, String body) {
        var sealed = Json.readObject(body);
        if (sealed == null) {
            return body;
        }
        assertThat(sealed.propertyNames()).containsExactly("ToUserName", "Encrypt");
        return crypt.decrypt(
                query.get("msg_signature"),
                query.get("timestamp"),
                query.get("nonce"),
                sealed.path("Encrypt").asString());
    }
}
