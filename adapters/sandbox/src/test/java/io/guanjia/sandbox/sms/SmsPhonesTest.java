package io.guanjia.sandbox.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.phone.PhoneLine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class SmsPhonesTest {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/callbacks/sms-http/main");

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.forTests());

    @AfterEach
    void stop() {
        sandbox.stop();
    }

    @Test
    void allProvidersAreThere() {
        assertThat(sandbox.platforms())
                .extracting(Platform::name)
                .contains("sms-aliyun", "sms-tencent", "sms-http");
    }

    @Test
    void aPersonHasOneNumberAndANumberIsAPersonToo() {
        var account = open();

        assertThat(account.title()).isEqualTo("小管家银行");
        assertThat(account.meet("李雷")).isSameAs(account.meet("李雷"));
        assertThat(account.meet("李雷").id()).matches("\\+86139\\d{8}");
        assertThat(account.meet("13700000001").id()).isEqualTo("+8613700000001");
        assertThat(account.customers()).hasSize(2);
    }

    @Test
    void aPhoneThatIsOffSaysNothing() {
        var phone = open().meet("李雷");
        phone.does("switch-off", Map.of());

        assertThat(phone.gestures()).containsExactly("switch-on");
        assertThatThrownBy(() -> phone.says("在吗")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> phone.does("fly", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasTakenFirstArrivesFirst() {
        var account = open();
        var phone = account.meet("李雷");
        var texts = IntStream.range(0, 30).mapToObj(i -> "第" + i + "条").toList();

        texts.forEach(text -> account.sending().submit(text(phone.id(), text), true));

        await().atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(phone.chat()).hasSize(texts.size()));
        assertThat(phone.chat())
                .extracting(PhoneLine::text)
                .containsExactlyElementsOf(texts.stream().map(text -> "【小管家银行】" + text).toList());
    }

    private static Submission text(String number, String text) {
        return new Submission("", List.of(number), "小管家银行", null, Map.of(), text);
    }

    @Test
    void namesTheKeyThatIsMissing() {
        assertThatThrownBy(() -> sandbox.platform("sms-aliyun").open("main", Map.of(), NOWHERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("access-key-id is missing");
    }

    @Test
    void thePageSeesItAsAnyOtherPhone() throws Exception {
        open().meet("李雷");
        var client = HttpClient.newHttpClient();

        var answer =
                client.send(
                        HttpRequest.newBuilder(sandbox.address().resolve("/sandbox/api/phone"))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.body()).contains("sms-http", "小管家银行", "李雷", "+86139");
    }

    @Test
    void faultsAndTemplatesAreSetFromOutside() throws Exception {
        var account = open();
        post(
                "faults",
                "{\"target\":\"messages\",\"effect\":{\"type\":\"errorName\",\"name\":\"busy\"},"
                        + "\"times\":2}");
        post("templates", "{\"id\":\"7\",\"content\":\"{1}\",\"type\":\"NOTICE\"}");

        assertThat(account.faults().active()).hasSize(1);
        assertThat(account.templates()).containsKey("7");
    }

    @Test
    void whatReviewersSayIsSetFromOutside() throws Exception {
        var account = open();
        assertThat(account.reviewOf("7")).isEqualTo(Review.APPROVED);

        call("PUT", "templates/7/review", "{\"review\":\"REJECTED\"}", 200);
        call("PUT", "signature/review", "{\"review\":\"IN_REVIEW\"}", 200);

        assertThat(account.reviewOf("7")).isEqualTo(Review.REJECTED);
        assertThat(account.reviewOfSign("小管家银行")).isEqualTo(Review.IN_REVIEW);
    }

    private void post(String what, String json) throws Exception {
        call("POST", what, json, 201);
    }

    private void call(String method, String what, String json, int status) throws Exception {
        var path = "/sandbox/api/sms-http/accounts/main/" + what;
        var answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(sandbox.address().resolve(path))
                                        .method(method, BodyPublishers.ofString(json))
                                        .build(),
                                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private SmsAccount open() {
        sandbox.platform("sms-http")
                .open(
                        "main",
                        Map.of("secret", "a-secret-of-both-sides", "sign-name", "小管家银行"),
                        NOWHERE);
        return ((SmsPlatform) sandbox.platform("sms-http")).account("main");
    }
}
