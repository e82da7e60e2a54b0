package io.guanjia.sandbox.weibo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Map;

class ControlTest extends WithBank {

    private static final String BANK = "/weibo/accounts/bank";

    @Test
    void aPageDrivesAPhoneThroughTheSharedInterface() {
        server.replies("您好");
        var phone = "/phone/weibo/bank/customers/" + lilei.id();

        var outcome =
                json(
                        control(
                                "POST",
                                phone + "/gestures",
                                "{\"gesture\":\"text\",\"text\":\"在吗\"}"));

        assertThat(outcome.path("outcome").asString()).isEqualTo("acknowledged");
        var screen = json(control("GET", phone, ""));
        assertThat(screen.path("name").asString()).isEqualTo("李雷");
        assertThat(screen.path("gestures").values())
                .extracting(one -> one.asString())
                .contains("follow", "image", "voice", "mention");
        assertThat(screen.path("chat").values())
                .extracting(line -> line.path("text").asString())
                .containsExactly("在吗", "您好");
        assertThat(control("POST", phone + "/gestures", "{\"gesture\":\"dance\"}").statusCode())
                .isEqualTo(422);
    }

    @Test
    void faultsAreSwitchedOnAndOff() {
        var added =
                control(
                        "POST",
                        BANK + "/faults",
                        """
                        {"target":"messages/reply","effect":{"type":"error","code":10023},"times":1}\
                        """);
        assertThat(added.statusCode()).isEqualTo(201);
        says("在吗");
        assertThat(code(sends("您好"))).isEqualTo(10023);
        assertThat(code(sends("您好"))).isZero();

        control(
                "POST",
                BANK + "/faults",
                "{\"target\":\"callbacks\",\"effect\":{\"type\":\"lose\"}}");
        var id = json(control("GET", BANK + "/faults", "")).get(0).path("id").asInt();
        assertThat(control("DELETE", BANK + "/faults/" + id, "").statusCode()).isEqualTo(204);
        assertThat(control("DELETE", BANK + "/faults/" + id, "").statusCode()).isEqualTo(404);
        assertThat(control("DELETE", BANK + "/faults", "").statusCode()).isEqualTo(204);
        assertThat(account.faults().active()).isEmpty();
        assertThat(control("POST", BANK + "/faults", "{\"target\":\"x\"}").statusCode())
                .isEqualTo(422);
    }

    @Test
    void theTokenIsTakenBackAndGivenAgain() {
        says("在吗");
        control("POST", BANK + "/token/revoke", "");
        assertThat(code(sends("您好"))).isEqualTo(21319);
        control("POST", BANK + "/token/expire", "");
        assertThat(code(sends("您好"))).isEqualTo(21327);
        control("POST", BANK + "/token/restore", "");
        assertThat(code(sends("您好"))).isZero();
        assertThat(control("POST", BANK + "/token/burn", "").statusCode()).isEqualTo(404);
    }

    @Test
    void whatHappenedCanBeRead() {
        says("在吗");
        sends("您好");

        assertThat(json(control("GET", BANK + "/callbacks", "")).get(0).path("summary").asString())
                .isEqualTo("text");
        var call = json(control("GET", BANK + "/calls?after=0&limit=5", "")).get(0);
        assertThat(call.path("api").asString()).isEqualTo("messages/reply");
        assertThat(call.path("request").asString()).contains("您好").doesNotContain(TOKEN);
        assertThat(json(control("POST", BANK + "/verify", "")).path("verified").asBoolean())
                .isTrue();
        var accounts = control("GET", "/weibo/accounts", "").body();
        assertThat(accounts).contains("5011223344").doesNotContain(TOKEN, BankServer.SECRET);
        assertThat(control("GET", "/weibo/accounts/other/calls", "").statusCode()).isEqualTo(404);
    }

    @Test
    void accountsAreOpenedWithTheGatewaysKeys() {
        var opened =
                control(
                        "POST",
                        "/weibo/accounts",
                        """
                        {"name":"shop","callback":"http://127.0.0.1:1/","app-secret":"s",
                        "access-token":"t2","app-key":"k"}\
                        """);
        assertThat(opened.statusCode()).isEqualTo(201);

        var platform = sandbox.platform(WeiboPlatform.class);
        assertThat(platform.accounts()).extracting(WeiboAccount::name).contains("bank", "shop");
        for (var missing : new String[] {"app-secret", "access-token"}) {
            var settings = new java.util.HashMap<>(Map.of("app-secret", "s", "access-token", "t"));
            settings.remove(missing);
            assertThatThrownBy(() -> platform.open("x", settings, server.url()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(missing);
        }
        assertThatThrownBy(
                        () ->
                                platform.open(
                                        "x",
                                        Map.of("app-secret", "s", "access-token", TOKEN),
                                        server.url()))
                .hasMessageContaining("access-token");
    }

    @Test
    void aResetForgetsWhatHappenedButNoAccount() {
        account.token(WeiboAccount.TokenState.REVOKED);
        says("在吗");

        sandbox.reset();

        assertThat(account.customers()).isEmpty();
        assertThat(account.callbacks().all()).isEmpty();
        assertThat(sandbox.platform("weibo").accounts()).hasSize(1);
        lilei = account.meet("李雷");
        says("在吗");
        assertThat(code(sends("您好"))).isZero();
    }
}
