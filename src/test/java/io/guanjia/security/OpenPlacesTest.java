package io.guanjia.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenPlacesTest {

    private final Gateway gateway = Gateway.shared();

    @Test
    void aLoadBalancerAsksWithoutAToken() {
        var answer = gateway.browser().get("/actuator/health/readiness");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void metricsAreReadOnTheSameMachineOrWithAToken() {
        assertThat(gateway.browser().get("/actuator/prometheus").status()).isEqualTo(200);

        var throughAProxy = gateway.browser().with("X-Forwarded-For", "127.0.0.1");
        assertThat(throughAProxy.get("/actuator/prometheus").status()).isEqualTo(401);

        throughAProxy.with("Authorization", "Bearer " + Gateway.TOKEN);
        assertThat(throughAProxy.get("/actuator/prometheus").status()).isEqualTo(200);
    }

    @Test
    void metricsHoldNoSecretAndNoCustomer() {
        gateway.samples().message(gateway.samples().conversation("秘密", "bot", null), "我的卡号");

        assertThat(gateway.browser().get("/actuator/prometheus").body())
                .doesNotContain(Gateway.TOKEN, Gateway.PASSWORD, "openid", "我的卡号");
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "beans", "configprops", "heapdump", "loggers", "shutdown"})
    void nothingElseOfTheMachineryIsOnShow(String endpoint) {
        var admin = gateway.signedIn("admin");

        assertThat(admin.get("/actuator/" + endpoint).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/me", "/nowhere", "/actuator/health/readiness"})
    void everyAnswerCarriesTheSameGuards(String path) {
        var answer = gateway.browser().get(path);

        assertThat(answer.header("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("'unsafe-");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(answer.header("x-frame-options")).isEqualTo("DENY");
        assertThat(answer.header("server")).isNull();
    }

    @Test
    void whatAPlatformReadsIsNeverTakenForAPage() {
        var answer = gateway.browser().get("/callbacks/none/none");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("server")).isNull();
    }

    @Test
    void platformsOnlyGetAndPost() {
        var answer = gateway.browser().send("PUT", "/callbacks/wechat/demo", "<xml/>");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.code()).isEqualTo("method-not-allowed");
        assertThat(answer.header("allow")).contains("GET", "POST");
    }

    /** Their check of the address is for those that sign, and those have no key in the path. */
    @Test
    void platformsWithAKeyInTheirPathOnlyPost() {
        var answer = gateway.browser().get("/callbacks/sms-aliyun/demo/some-key");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.code()).isEqualTo("method-not-allowed");
        assertThat(answer.header("allow")).isEqualTo("POST");
    }

    @Test
    void platformsNeedNoCookieToCall() {
        var answer = gateway.browser().send("POST", "/callbacks/wechat/demo", "<xml/>");

        assertThat(answer.status()).isBetween(400, 403);
        assertThat(answer.code()).isNotEqualTo("csrf");
        assertThat(answer.header("set-cookie")).isNull();
    }

    @Test
    void aRefusedCallbackIsCountedByAccountAndNobodyElsesNamesAre() {
        gateway.browser().send("POST", "/callbacks/wechat/demo", "<xml/>");
        gateway.browser().send("POST", "/callbacks/wechat/a-strangers-idea", "<xml/>");

        assertThat(gateway.browser().get("/actuator/prometheus").body())
                .contains("guanjia_callbacks_refused_total{account=\"demo\",channel=\"wechat\"")
                .contains("guanjia_callbacks_refused_total{account=\"-\",channel=\"-\"")
                .doesNotContain("a-strangers-idea");
    }

    @Test
    void theInterfaceDescribesItself() {
        var description = gateway.browser().get("/v3/api-docs").json();

        assertThat(description.at("/info/title").asString()).isEqualTo("Guanjia");
        assertThat(description.at("/paths").propertyNames())
                .contains("/api/v1/messages", "/api/v1/conversations/{id}/take");
        assertThat(description.at("/components/schemas").propertyNames())
                .contains("Message", "Conversation", "Problem");
    }

    @Test
    void theInterfaceSaysWhatAnAskerForMessagesHasToGive() {
        var description = gateway.browser().get("/v3/api-docs").json();

        assertThat(description.at("/paths/~1api~1v1~1messages/get/parameters").valueStream())
                .filteredOn(parameter -> parameter.path("required").asBoolean(false))
                .extracting(parameter -> parameter.get("name").asString())
                .containsExactlyInAnyOrder("channel", "account", "party");
    }
}
