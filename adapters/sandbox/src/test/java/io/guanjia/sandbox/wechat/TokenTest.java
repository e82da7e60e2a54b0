package io.guanjia.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Objects;

class TokenTest extends WithDemoAccount {

    @Test
    void everyTokenCallCutsTheLifeOfTheOneBeforeToFiveMinutes() {
        var first = token(client.token());
        var second = token(client.token());
        assertThat(second).isNotEqualTo(first).hasSizeBetween(100, 512);

        pass(Duration.ofMinutes(4));
        assertThat(codeWith(first)).isZero();

        pass(Duration.ofMinutes(2));
        assertThat(codeWith(first)).isEqualTo(40001);
        assertThat(codeWith(second)).isZero();

        pass(Duration.ofHours(2));
        assertThat(codeWith(second)).isEqualTo(42001);
    }

    @Test
    void aStableTokenStaysTheSameUntilFiveMinutesBeforeItsEnd() {
        var first = client.stableToken(false);
        assertThat(first.path("expires_in").asInt()).isEqualTo(7200);

        pass(Duration.ofMinutes(114));
        var second = client.stableToken(false);
        assertThat(token(second)).isEqualTo(token(first));
        assertThat(second.path("expires_in").asInt()).isEqualTo(360);

        pass(Duration.ofSeconds(61));
        var third = client.stableToken(false);
        assertThat(token(third)).isNotEqualTo(token(first));
        assertThat(third.path("expires_in").asInt()).isEqualTo(7200);
        assertThat(codeWith(token(first))).as("both are good for a while").isZero();
        assertThat(codeWith(token(third))).isZero();
    }

    @Test
    void theTwoKindsOfTokenDoNotTouchEachOther() {
        var stable = token(client.stableToken(false));
        client.token();
        client.token();
        pass(Duration.ofMinutes(6));

        assertThat(codeWith(stable)).isZero();
    }

    @Test
    void aForcedRefreshEndsTheTokenBeforeButNotTwiceInThirtySeconds() {
        var first = token(client.stableToken(false));
        var second = token(client.stableToken(true));
        assertThat(second).isNotEqualTo(first);
        assertThat(codeWith(first)).isEqualTo(40001);

        pass(Duration.ofSeconds(29));
        assertThat(token(client.stableToken(true))).isEqualTo(second);

        pass(Duration.ofSeconds(1));
        assertThat(token(client.stableToken(true))).isNotEqualTo(second);
    }

    @Test
    void aRefreshCanBeForcedTwentyTimesADay() {
        for (int i = 0; i < 20; i++) {
            assertThat(code(client.stableToken(true))).isZero();
            pass(Duration.ofSeconds(31));
        }
        assertThat(code(client.stableToken(true))).isEqualTo(45009);

        pass(Duration.ofHours(13));
        assertThat(code(client.stableToken(true))).isZero();
    }

    @Test
    void wrongCredentialsAreToldApart() {
        var good = "grant_type=client_credential&appid=" + server.settings().appId();
        assertThat(code(client.get("token?" + good + "&secret=wrong"))).isEqualTo(40125);
        assertThat(code(client.get("token?" + good))).isEqualTo(41004);
        assertThat(code(client.get("token?grant_type=x&secret=x&appid=wx0"))).isEqualTo(40013);
        assertThat(code(client.get("token?grant_type=client_credential"))).isEqualTo(41002);
        assertThat(code(client.get("token?" + good.replace("client_credential", "other"))))
                .isEqualTo(40002);
    }

    @Test
    void wrongTokensAreToldApart() {
        assertThat(code(client.get("getcallbackip"))).isEqualTo(41001);
        assertThat(codeWith("short")).isEqualTo(40014);
        assertThat(codeWith("89_" + "x".repeat(136))).isEqualTo(40001);
    }

    @Test
    void revokedAndExpiredTokensAreRefusedUntilANewOneIsFetched() {
        var first = client.goodToken();
        account.tokens().revokeAll();
        assertThat(codeWith(first)).isEqualTo(40001);

        var second = client.goodToken();
        assertThat(codeWith(second)).isZero();
        account.tokens().expireAll();
        assertThat(codeWith(second)).isEqualTo(42001);
        assertThat(codeWith(client.goodToken())).isZero();
        assertThat(account.tokens().refreshes()).isEqualTo(3);
    }

    @Test
    void anotherCallbackAddressLeavesTokensAloneAnotherSecretDoesNot() {
        var token = client.goodToken();
        var before = server.settings();
        account.change(before.withoutCustomerService());
        assertThat(codeWith(token)).isZero();

        account.change(
                before.with(
                        before.appId(),
                        "another-secret",
                        before.token(),
                        Objects.requireNonNull(before.aesKey())));
        assertThat(codeWith(token)).isEqualTo(40001);
    }

    @Test
    void aCallByTheWrongMethodOrToNowhereIsRefused() {
        var token = "?access_token=" + client.goodToken();
        assertThat(code(client.get("message/custom/send" + token))).isEqualTo(43002);
        assertThat(code(client.post("getcallbackip" + token, "{}"))).isEqualTo(43001);
        assertThat(code(client.get("no/such/thing" + token))).isEqualTo(40066);
    }

    private int codeWith(String token) {
        return code(client.get("getcallbackip?access_token=" + token));
    }

    private void pass(Duration time) {
        sandbox.clock().advance(time);
    }

    private static String token(JsonNode answer) {
        return answer.path("access_token").asString();
    }
}
