package io.guanjia.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Gateway;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Objects;

final class SignInTest {

    private final Gateway gateway = Gateway.shared();

    @Test
    void theLanguageSomebodyChoseIsTheirsOnEveryMachine() {
        gateway.signedIn("xiaowang").put("/api/v1/me/locale", Map.of("locale", "en"));

        var elsewhere = gateway.signedIn("xiaowang").get("/api/v1/me");
        assertThat(elsewhere.json().get("locale").asString()).isEqualTo("en");
    }

    @Test
    void anyReadSetsTheCookieThatChangesHaveToProve() {
        var browser = gateway.browser();

        var answer = browser.get("/api/v1/me");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("unauthorized");
        assertThat(browser.cookie("XSRF-TOKEN")).isNotNull();
        assertThat(answer.header("set-cookie")).doesNotContainIgnoringCase("HttpOnly");
    }

    @Test
    void aChangeWithoutProofIsRefused() {
        var browser = gateway.signedIn("xiaoli");
        var token = Objects.requireNonNull(browser.cookie("XSRF-TOKEN"));

        browser.forget("XSRF-TOKEN");
        assertThat(online(browser).code()).isEqualTo("csrf");

        browser.with("X-XSRF-TOKEN", token);
        assertThat(online(browser).status()).isEqualTo(403);

        browser.setCookie("XSRF-TOKEN", Secret.random());
        assertThat(online(browser).status()).isEqualTo(403);

        browser.setCookie("XSRF-TOKEN", token);
        assertThat(online(browser).status()).isEqualTo(200);
    }

    @Test
    void signingInNeedsProofToo() {
        var answer =
                gateway.browser()
                        .post(
                                "/api/v1/session",
                                Map.of("username", "xiaoli", "password", Gateway.PASSWORD));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("csrf");
    }

    @Test
    void theCookieCannotBeReadByScriptsNorSentFromElsewhere() {
        var browser = gateway.browser();
        browser.get("/api/v1/me");

        var answer =
                browser.post(
                        "/api/v1/session",
                        Map.of("username", "xiaoli", "password", Gateway.PASSWORD));

        assertThat(answer.response().headers().allValues("set-cookie"))
                .filteredOn(cookie -> cookie.startsWith("guanjia_session="))
                .singleElement()
                .asString()
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Lax")
                .doesNotContain("Secure");
        assertThat(answer.json().get("username").asString()).isEqualTo("xiaoli");
        assertThat(answer.json().get("roles").toString()).isEqualTo("[\"agent\"]");
        assertThat(answer.json().get("presence").asString()).isEqualTo("online");
    }

    @Test
    void signingInChangesTheSessionAndEndsTheOldOne() {
        var browser = gateway.signedIn("xiaoli");
        var before = Objects.requireNonNull(browser.cookie("guanjia_session"));

        browser.signIn("xiaoli", Gateway.PASSWORD);

        assertThat(browser.cookie("guanjia_session")).isNotNull().isNotEqualTo(before);
        assertThat(
                        gateway.browser()
                                .setCookie("guanjia_session", before)
                                .get("/api/v1/me")
                                .status())
                .isEqualTo(401);
    }

    @Test
    void aSessionThatSomebodyElseChoseIsNeverTaken() {
        var planted = Secret.random();
        var browser = gateway.browser().setCookie("guanjia_session", planted);

        browser.signIn("xiaoli", Gateway.PASSWORD);

        assertThat(browser.cookie("guanjia_session")).isNotEqualTo(planted);
        assertThat(
                        gateway.browser()
                                .setCookie("guanjia_session", planted)
                                .get("/api/v1/me")
                                .status())
                .isEqualTo(401);
    }

    @Test
    void whoSignsOutIsOut() {
        var browser = gateway.signedIn("xiaoli");
        var session = Objects.requireNonNull(browser.cookie("guanjia_session"));

        assertThat(browser.delete("/api/v1/session").status()).isEqualTo(204);

        assertThat(browser.cookie("guanjia_session")).isNull();
        assertThat(
                        gateway.browser()
                                .setCookie("guanjia_session", session)
                                .get("/api/v1/me")
                                .status())
                .isEqualTo(401);
    }

    @Test
    void whoSignsOutIsAwayAtOnce() {
        addUser("leaves");
        var browser = gateway.signedIn("leaves");
        assertThat(presence("leaves")).isEqualTo("online");

        browser.delete("/api/v1/session");

        assertThat(presence("leaves")).isEqualTo("away");
        assertThat(gateway.signedIn("leaves").get("/api/v1/me").json().get("presence").asString())
                .isEqualTo("online");
    }

    @Test
    void whoSignsOutOfOneOfTwoDesksIsStillThere() {
        addUser("has-two");
        var first = gateway.signedIn("has-two");
        var second = gateway.signedIn("has-two");

        first.delete("/api/v1/session");
        assertThat(presence("has-two")).isEqualTo("online");

        second.delete("/api/v1/session");
        assertThat(presence("has-two")).isEqualTo("away");
    }

    @Test
    void aDeskThatWasLeftOpenLongAgoKeepsNobodyThere() {
        addUser("left-one");
        gateway.signedIn("left-one");
        gateway.samples()
                .sql(
                        """
                        update desk_session set last_used_at = now() - interval '2 minutes'
                        where username = 'left-one'
                        """);

        gateway.signedIn("left-one").delete("/api/v1/session");

        assertThat(presence("left-one")).isEqualTo("away");
    }

    @Test
    void theDatabaseKnowsNoCookieAndNoPassword() {
        var browser = gateway.signedIn("xiaoli");
        var session = Objects.requireNonNull(browser.cookie("guanjia_session"));
        var samples = gateway.samples();

        assertThat(
                        samples.one(
                                "select count(*)::text from desk_session where token_hash = '"
                                        + session
                                        + "'::bytea"))
                .isEqualTo("0");
        assertThat(samples.one("select password_hash from desk_user where username = 'xiaoli'"))
                .startsWith("{argon2}$argon2id$")
                .doesNotContain(Gateway.PASSWORD);
    }

    @Test
    void nobodyLearnsWhetherAUserExists() {
        var browser = gateway.browser();
        browser.get("/api/v1/me");

        var wrong = browser.post("/api/v1/session", form("xiaowang", "wrong"));
        var unknown = browser.post("/api/v1/session", form("no-such-user", "wrong"));

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("bad-credentials");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void theSixthTryWaits() {
        var browser = gateway.browser();
        browser.get("/api/v1/me");
        addUser("guessed");

        for (var i = 0; i < 5; i++) {
            // Pretending to be somebody else resets nothing: we believe no proxy.
            browser.with("X-Forwarded-For", "198.51.100." + i);
            assertThat(browser.post("/api/v1/session", form("guessed", "wrong")).status())
                    .isEqualTo(401);
        }
        var sixth = browser.post("/api/v1/session", form("guessed", Gateway.PASSWORD));

        assertThat(sixth.status()).isEqualTo(429);
        assertThat(sixth.code()).isEqualTo("too-many-attempts");
        assertThat(Integer.parseInt(Objects.requireNonNull(sixth.header("retry-after"))))
                .isBetween(1, 30);

        gateway.samples().sql("update sign_in_failure set blocked_until = now()");
        assertThat(browser.post("/api/v1/session", form("guessed", Gateway.PASSWORD)).status())
                .isEqualTo(200);
    }

    @Test
    void anotherSystemNeedsItsTokenAndNothingElse() {
        var crm = gateway.browser().with("Authorization", "Bearer " + Gateway.TOKEN);

        assertThat(crm.get("/api/v1/me").json().get("username").asString()).isEqualTo("crm");
        assertThat(crm.post("/api/v1/messages/" + java.util.UUID.randomUUID() + "/retry").status())
                .isEqualTo(404);
        assertThat(
                        gateway.browser()
                                .with("Authorization", "Bearer " + Gateway.TOKEN + "x")
                                .get("/api/v1/me")
                                .status())
                .isEqualTo(401);
    }

    @Test
    void aWrongTokenIsNotMadeGoodByACookie() {
        var browser = gateway.signedIn("xiaoli").with("Authorization", "Bearer wrong");

        assertThat(browser.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(online(browser.forget("XSRF-TOKEN")).status()).isEqualTo(401);
    }

    private String presence(String username) {
        return gateway.samples()
                .one("select presence from desk_user where username = '" + username + "'");
    }

    private void addUser(String username) {
        gateway.samples()
                .sql(
                        """
                        insert into desk_user (username, name, password_hash, roles, presence_at, created_at)
                        select '%s', 'x', password_hash, roles, now(), now()
                        from desk_user where username = 'xiaoli'
                        """
                                .formatted(username));
    }

    private static io.guanjia.running.Answer online(io.guanjia.running.Browser browser) {
        return browser.put("/api/v1/me/presence", Map.of("status", "online"));
    }

    private static Map<String, String> form(String username, String password) {
        return Map.of("username", username, "password", password);
    }
}
