package io.guanjia.sandbox.cmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import io.guanjia.cmpp.protocol.MsgFmt;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.Report;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.cmpp.protocol.Version;
import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.phone.PhoneLine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

class CmppPlatformTest {

    private static final String PHONE = "13900001111";

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.forTests());
    private final CmppPlatform platform = sandbox.platform(CmppPlatform.class);
    private final Carrier carrier =
            platform.open(CarrierSettings.named("demo").waiting(Duration.ofMillis(300)));

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void letsInWhoKnowsTheSecret(Version version) throws IOException {
        try (var line = new LineClient(platform.address(), version)) {
            assertThat(line.login("900001", "sandbox-secret-of-demo").status()).isZero();
        }
        try (var line = new LineClient(platform.address(), version)) {
            assertThat(line.login("900001", "wrong").status()).isEqualTo(3);
            assertThat(line.login("900002", "sandbox-secret-of-demo").status()).isEqualTo(2);
        }
    }

    @Test
    void takesMessagesAndReportsOnThem() throws IOException {
        try (var line = loggedIn()) {
            var answer = line.submit(PHONE, words("您好"));

            var report = Report.read(line.takeDelivery().data().content());
            assertThat(report).isNotNull();
            assertThat(report.msgId()).isEqualTo(answer.msgId());
            assertThat(report.stat()).isEqualTo("DELIVRD");
            assertThat(carrier.phone(PHONE).reads()).containsExactly("您好");
        }
    }

    @Test
    void refusesWhatItWouldOnARealLine() throws IOException {
        try (var line = loggedIn()) {
            assertThat(line.submit("nobody", words("您好")).result()).isEqualTo(13);
            assertThat(line.submit(PHONE, words("您".repeat(71))).result()).isEqualTo(6);
            carrier.faults().add(Fault.next(1, "submit", new Effect.ErrorCode(8)));
            assertThat(line.submit(PHONE, words("您好")).result()).isEqualTo(8);
            assertThat(line.submit(PHONE, words("您好")).result()).isZero();
        }
    }

    @Test
    void deliversAgainUntilItIsAcknowledged() throws IOException {
        try (var line = loggedIn()) {
            var said = carrier.phone(PHONE).says("查询余额");
            var first = (Pdu.Deliver) line.hear();
            var second = line.takeDelivery();

            assertThat(second.msgId()).isEqualTo(first.msgId());
            assertThat(second.sequence()).isNotEqualTo(first.sequence());
            assertThat(said.join()).isEqualTo("acknowledged");
        }
    }

    @Test
    void deliversOverAnotherLineWhatTheFirstDidNotAcknowledge() throws IOException {
        var said = carrier.phone(PHONE).says("查询余额");
        try (var line = loggedIn()) {
            line.hear();
        }
        try (var line = loggedIn()) {
            assertThat(line.takeDelivery().source()).isEqualTo(PHONE);
            assertThat(said.join()).isEqualTo("acknowledged");
        }
    }

    @Test
    void hasNoMoreThanAWindowUnderWay() throws IOException {
        for (int i = 0; i < 40; i++) {
            carrier.phone(PHONE).says("第" + i + "句");
        }
        try (var line = loggedIn()) {
            for (int i = 0; i < 16; i++) {
                line.hear();
            }
            // Answers nothing: the seventeenth is the first one again.
            assertThat(((Pdu.Deliver) line.hear()).sequence()).isEqualTo(17);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LineAct.class,
            names = {"DISCONNECT", "TERMINATE"})
    void endsALine(LineAct act) throws IOException {
        try (var line = loggedIn()) {
            assertThat(carrier.act(act).join()).isEqualTo(1);
            if (act == LineAct.TERMINATE) {
                assertThat(line.hear()).isInstanceOf(Pdu.Terminate.class);
            } else {
                assertThat(line.isClosed()).isTrue();
            }
        }
    }

    @Test
    void answersTestsAndGoodbyes() throws IOException {
        try (var line = loggedIn()) {
            line.send(new Pdu.ActiveTest(70));
            assertThat(line.hear()).isEqualTo(new Pdu.ActiveTestAnswer(70));
            line.send(new Pdu.Terminate(71));
            assertThat(line.hear()).isEqualTo(new Pdu.TerminateAnswer(71));
            assertThat(line.isClosed()).isTrue();
        }
    }

    @Test
    void showsAPhoneOnThePage() throws IOException {
        var http = WebTestClient.bindToServer().baseUrl(sandbox.address().toString()).build();
        try (var line = loggedIn()) {
            http.post()
                    .uri("/sandbox/api/phone/sms-cmpp/demo/customers")
                    .bodyValue("{\"name\":\"李雷\"}")
                    .exchange()
                    .expectStatus()
                    .isOk();
            var lilei = carrier.meet("李雷");
            assertThat(lilei.id()).matches("139\\d{8}");
            line.submit(lilei.id(), words("您好"));
            http.get()
                    .uri("/sandbox/api/phone/sms-cmpp/demo/customers/" + lilei.id())
                    .exchange()
                    .expectBody()
                    .jsonPath("$.chat[0].text")
                    .isEqualTo("您好");
        }
        assertThat(carrier.meet("李雷").chat()).extracting(PhoneLine::mine).containsExactly(false);
    }

    @Test
    void isToldWhatToDoByTheControlApi() throws IOException {
        var http = WebTestClient.bindToServer().baseUrl(sandbox.address().toString()).build();
        http.get()
                .uri("/sandbox/api/sms-cmpp")
                .exchange()
                .expectBody()
                .jsonPath("$.address")
                .isEqualTo(platform.address().toString())
                .jsonPath("$.accounts[0].source-addr")
                .isEqualTo("900001");
        http.method(HttpMethod.POST)
                .uri("/sandbox/api/sms-cmpp/accounts/demo/faults")
                .bodyValue(
                        "{\"target\":\"submit\",\"effect\":{\"type\":\"error\",\"code\":8},"
                                + "\"times\":1}")
                .exchange()
                .expectStatus()
                .isCreated();
        http.put()
                .uri("/sandbox/api/sms-cmpp/accounts/demo/phones/" + PHONE)
                .bodyValue("{\"stat\":\"UNDELIV\"}")
                .exchange()
                .expectStatus()
                .isNoContent();
        try (var line = loggedIn()) {
            assertThat(line.submit(PHONE, words("您好")).result()).isEqualTo(8);
            line.submit(PHONE, words("您好"));
            var report = Report.read(line.takeDelivery().data().content());
            assertThat(report).isNotNull();
            assertThat(report.stat()).isEqualTo("UNDELIV");
            http.post()
                    .uri("/sandbox/api/sms-cmpp/accounts/demo/lines/disconnect")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.lines")
                    .isEqualTo(1);
        }
        http.get()
                .uri("/sandbox/api/sms-cmpp/accounts/demo/submits")
                .exchange()
                .expectBody()
                .jsonPath("$[0].result")
                .isEqualTo(8);
    }

    @Test
    void namesTheSettingAtFault() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                platform.open(
                                        "x",
                                        Map.of("source-addr", "1"),
                                        URI.create("http://127.0.0.1/")))
                .withMessageContaining("secret");
        assertThatThrownBy(() -> platform.open(CarrierSettings.named("other")))
                .hasMessageContaining("source-addr is taken");
    }

    private LineClient loggedIn() throws IOException {
        var line = new LineClient(platform.address(), Version.V3_0);
        assertThat(line.login("900001", "sandbox-secret-of-demo").status()).isZero();
        return line;
    }

    private static UserData words(String text) {
        return UserData.plain(MsgFmt.UCS2, text.getBytes(UTF_16BE));
    }
}
