package io.guanjia.sandbox.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.phone.PhoneLine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

class AppPhoneTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PUSH_SECRET = "push-secret-0123456789abcdef0123";
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "token-key", "login-key-0123456789abcdef012345",
                    "token-issuer", "login",
                    "token-audience", "guanjia",
                    "push-secret", PUSH_SECRET);

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.forTests());
    private final TinyGateway gateway = new TinyGateway();
    private final AppPlatform platform = sandbox.platform(AppPlatform.class);
    private CompanyApp app;
    private AppPhone phone;

    @BeforeEach
    void meet() {
        platform.open("web", SETTINGS, gateway.callback());
        app = platform.account("web");
        phone = app.meet("李雷");
    }

    @AfterEach
    void stop() {
        sandbox.stop();
        gateway.close();
    }

    @Test
    void writesAndIsAnsweredAndConfirmsThatItHasReadIt() throws InterruptedException {
        assertThat(outcome(phone.says("信用卡怎么还款"))).isEqualTo("accepted");
        gateway.says("登录 App 就可以");

        awaitScreen(lines -> words(lines).contains("登录 App 就可以"));
        assertThat(words(phone.chat())).containsExactly("信用卡怎么还款", "登录 App 就可以");
        assertThat(gateway.awaitSaid("read", 2).getLast().path("sequence").asInt()).isEqualTo(2);
        assertThat(phone.chat().getLast().note()).isEqualTo("小李");
    }

    @Test
    void nobodyTypesAnyMoreOnceTheAnswerIsThere() throws InterruptedException {
        gateway.says("您好");
        awaitScreen(lines -> words(lines).contains("您好"));
        gateway.types();
        await().atMost(SOON).until(() -> words(phone.chat()).contains("对方正在输入…"));

        gateway.says("在的");

        awaitScreen(lines -> words(lines).contains("在的"));
        assertThat(words(phone.chat())).doesNotContain("对方正在输入…");
    }

    @Test
    void aPhoneThatIsLaidAsideReceivesAndReadsLater() throws InterruptedException {
        outcome(phone.does("lay-aside", Map.of()));
        gateway.says("在吗");
        gateway.awaitSaid("received", 1);
        assertThat(gateway.said("read")).isEmpty();

        outcome(phone.does("look", Map.of()));

        assertThat(gateway.awaitSaid("read", 1)).hasSize(1);
    }

    @Test
    void afterACutItGoesOnWhereItWasAndSaysAgainWhatWasNotAccepted() throws InterruptedException {
        outcome(phone.says("第一句"));
        awaitScreen(lines -> lines.size() == 1);
        gateway.awaitSaid("received", 1);
        gateway.silent(true);
        var second = phone.says("第二句");
        gateway.awaitSaid("send", 2);
        gateway.hides("断网时说的");
        gateway.silent(false);
        gateway.cut();

        assertThat(outcome(second)).isEqualTo("accepted");
        awaitScreen(lines -> words(lines).contains("断网时说的"));
        assertThat(gateway.afters()).containsExactly("none", "1");
        assertThat(gateway.awaitSaid("send", 3))
                .extracting(frame -> frame.path("id").asString())
                .satisfies(ids -> assertThat(ids.get(1)).isEqualTo(ids.get(2)));
        assertThat(gateway.taken()).hasSize(2);
        assertThat(words(phone.chat())).filteredOn("第二句"::equals).hasSize(1);
    }

    @Test
    void aGapMakesItComeBackForWhatIsMissing() throws InterruptedException {
        gateway.says("一");
        awaitScreen(lines -> words(lines).contains("一"));
        gateway.hides("二");

        gateway.skips("三");

        awaitScreen(lines -> words(lines).contains("三"));
        assertThat(words(phone.chat()))
                .filteredOn(List.of("一", "二", "三")::contains)
                .containsExactly("一", "二", "三");
        assertThat(gateway.afters()).containsExactly("none", "1");
    }

    @Test
    void whatIsWrittenOfflineIsKeptAndGoesOutWhenTheNetworkIsBack() throws InterruptedException {
        gateway.says("你好");
        awaitScreen(lines -> words(lines).contains("你好"));
        outcome(phone.does("offline", Map.of()));

        assertThat(phone.gestures()).containsExactly("online");
        assertThat(outcome(phone.says("地铁里写的"))).isEqualTo("kept");
        assertThat(phone.chat().getLast().note()).isEqualTo("waiting");
        assertThatThrownBy(() -> phone.does("image", Map.of()))
                .isInstanceOf(IllegalStateException.class);
        outcome(phone.does("online", Map.of()));

        assertThat(gateway.awaitSaid("send", 1)).hasSize(1);
        awaitScreen(lines -> lines.getLast().note() == null);
    }

    @Test
    void whatIsRefusedSaysSoAndIsNotSaidAgain() throws InterruptedException {
        assertThat(outcome(phone.says("长".repeat(4001)))).isEqualTo("refused: too-long");

        awaitScreen(lines -> "refused.too-long".equals(lines.getLast().note()));
        gateway.cut();
        outcome(phone.says("短"));
        // "短" may go out on the connection that is being cut, and once more on the next.
        assertThat(gateway.said("send"))
                .filteredOn(frame -> frame.at("/content/body").asString().startsWith("长"))
                .hasSize(1);
    }

    @Test
    void aVisitorWhoSignsInKeepsWhatIsOnTheScreen() throws InterruptedException {
        outcome(phone.does("sign-out", Map.of()));
        outcome(phone.says("我是访客"));
        assertThat(gateway.tokens().getLast()).isEqualTo("visitor-token");

        outcome(phone.does("sign-in", Map.of()));

        awaitScreen(lines -> lines.size() == 3);
        outcome(phone.says("我登录了"));
        assertThat(gateway.tokens().getLast()).isNotEqualTo("visitor-token");
        assertThat(words(phone.chat())).containsSubsequence("我是访客", "已登录为 李雷", "我登录了");
        assertThat(words(phone.chat())).filteredOn("我是访客"::equals).hasSize(1);
    }

    @Test
    void aPushIsShownOnceHoweverOftenItComes() throws Exception {
        outcome(phone.does("offline", Map.of()));
        var body = push(phone.id());

        assertThat(push("p1", body, signature(body))).isEqualTo(204);
        assertThat(push("p1", body, signature(body))).isEqualTo(204);

        assertThat(words(phone.chat())).filteredOn("推送通知：账单已出"::equals).hasSize(1);
        assertThat(app.pushes().all())
                .extracting(CompanyApp.Push::outcome)
                .containsExactly("shown", "repeated");
    }

    @Test
    void aPushThatIsNotSignedOrForNobodyIsTurnedAway() throws Exception {
        var body = push(phone.id());

        assertThat(push("p1", body, "sha256=" + "0".repeat(64))).isEqualTo(401);
        assertThat(push("p2", push("C1"), signature(push("C1")))).isEqualTo(404);
        app.faults().add(Fault.next(1, "push", new Effect.Status(429)));
        assertThat(push("p3", body, signature(body))).isEqualTo(429);
        assertThat(push("p3", body, signature(body))).isEqualTo(204);
    }

    @Test
    void namesTheKeyThatIsMissing() {
        assertThatThrownBy(
                        () ->
                                platform.open(
                                        "other",
                                        Map.of("token-key", "x".repeat(32)),
                                        gateway.callback()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token-issuer");
    }

    private static String push(String customer) {
        return """
        {"event":"message","account":"web","customer":"%s","id":"1","kind":"text","preview":"账单已出"}\
        """
                .formatted(customer);
    }

    private static String signature(String body) {
        var at = Long.toString(Instant.now().getEpochSecond());
        var bytes = (at + '.' + body).getBytes(StandardCharsets.UTF_8);
        return at + " sha256=" + HexFormat.of().formatHex(Hmac.of(PUSH_SECRET, bytes));
    }

    private int push(String id, String body, String signature)
            throws IOException, InterruptedException {
        var parts = signature.split(" ");
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(sandbox.address() + "/app/push/web"))
                                    .header("Idempotency-Key", id)
                                    .header("X-Guanjia-Timestamp", parts[0])
                                    .header("X-Guanjia-Signature", parts[parts.length - 1])
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private void awaitScreen(Predicate<List<PhoneLine>> enough) throws InterruptedException {
        assertThat(phone.awaitScreen(enough, SOON)).as(words(phone.chat()).toString()).isTrue();
    }

    private static List<String> words(List<PhoneLine> lines) {
        return lines.stream().map(PhoneLine::text).toList();
    }

    private static String outcome(CompletionStage<String> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
