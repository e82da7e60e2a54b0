package io.guanjia.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.running.Answer;
import io.guanjia.running.Browser;
import io.guanjia.running.Gateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/** An administrator adds, changes and removes accounts while two nodes run. */
final class AccountsTest {

    private static final String ACCOUNTS = "/api/v1/channels/wechat/accounts";
    private static final String SECRET = "s3cret-of-the-new-account-0123456";
    private static final String TOKEN = "token-of-the-new-account";
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static Gateway gateway;
    private static Gateway another;

    private Browser admin;

    @BeforeAll
    static void start() {
        gateway =
                Gateway.start(
                        Map.of(
                                "guanjia.security.encryption-keys[0].id",
                                "test",
                                "guanjia.security.encryption-keys[0].key",
                                Base64.getEncoder()
                                        .encodeToString(
                                                "k".repeat(32).getBytes(StandardCharsets.UTF_8))));
        another = gateway.anotherNode();
    }

    @BeforeEach
    void signIn() {
        admin = gateway.signedIn("admin");
    }

    @AfterAll
    static void stop() {
        another.close();
        gateway.close();
    }

    @Test
    void anAccountWorksOnEveryNodeOnceItIsAdded() {
        var name = added();

        assertThat(checked(gateway, name, TOKEN)).isEqualTo(200);
        await().atMost(SOON).until(() -> checked(another, name, TOKEN) == 200);
    }

    @Test
    void secretsAreTakenAndNeverGivenBack() {
        var name = added();

        var shown = admin.get(ACCOUNTS + "/" + name);
        assertThat(shown.body()).doesNotContain(SECRET, TOKEN);
        assertThat(shown.json().at("/secrets").propertyNames())
                .containsExactlyInAnyOrder("secret", "token");
        assertThat(shown.json().at("/settings/app-id").asString()).isEqualTo("wxnew");
        var stored = "select secrets::text from channel_account where name = '" + name + "'";
        assertThat(gateway.samples().one(stored))
                .contains("\"keyId\": \"test\"")
                .doesNotContain(SECRET, TOKEN);
    }

    @Test
    void aChangeLeavesWhatItDoesNotName() {
        var name = added();

        var changed = change(name, Map.of("settings", Map.of("token", "another-token")));

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.json().at("/settings/app-id").asString()).isEqualTo("wxnew");
        assertThat(checked(gateway, name, "another-token")).isEqualTo(200);
        await().atMost(SOON).until(() -> checked(another, name, TOKEN) == 403);
    }

    @Test
    void aSecretIsSaidAgainWhenItsAddressChanges() {
        var name = added();
        var elsewhere = "http://127.0.0.1:10";

        var refused = change(name, Map.of("settings", Map.of("api-base", elsewhere)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(fields(refused))
                .isEqualTo(
                        Map.of(
                                "settings.secret", "接口地址变了，请重新填写",
                                "settings.token", "接口地址变了，请重新填写"));
        assertThat(admin.get(ACCOUNTS + "/" + name).json().at("/settings/api-base").asString())
                .isEqualTo("http://127.0.0.1:9");

        var said = Map.of("api-base", elsewhere, "secret", SECRET, "token", TOKEN);
        assertThat(change(name, Map.of("settings", said)).status()).isEqualTo(200);
    }

    @Test
    void anAccountThatIsSwitchedOffTakesNothing() {
        var name = added();

        var off = change(name, Map.of("enabled", false));

        assertThat(off.json().at("/state").asString()).isEqualTo("off");
        assertThat(off.json().at("/sentence").asString()).contains("已停用");
        assertThat(checked(gateway, name, TOKEN)).isEqualTo(404);

        assertThat(change(name, Map.of("enabled", true)).status()).isEqualTo(200);
        assertThat(checked(gateway, name, TOKEN)).isEqualTo(200);
    }

    @Test
    void whatDoesNotFitIsNamedAndNothingIsStored() {
        var wrong = new HashMap<String, Object>(settings());
        wrong.put("aes-key", "far too short");
        wrong.remove("app-id");
        wrong.put("colour", "red");

        var unknown = admin.post(ACCOUNTS, Map.of("name", "wrong", "settings", wrong));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(fields(unknown)).containsOnlyKeys("settings.colour");

        wrong.remove("colour");
        var rest = admin.post(ACCOUNTS, Map.of("name", "wrong", "settings", wrong));
        assertThat(rest.status()).isEqualTo(422);
        assertThat(fields(rest))
                .containsOnlyKeys("settings.app-id", "settings.aes-key")
                .containsEntry("settings.app-id", "必填");
        assertThat(fields(rest).get("settings.aes-key"))
                .contains("aes-key must be 43 letters and digits");
        assertThat(rest.body()).doesNotContain("far too short", SECRET);

        assertThat(admin.get(ACCOUNTS + "/wrong").status()).isEqualTo(404);
    }

    @Test
    void anAccountIsRuledAndPacedAsTheAdministratorSays() {
        var name = added();
        var changed =
                change(
                        name,
                        Map.of(
                                "settings",
                                Map.of(
                                        "windows.message.messages", "20",
                                        "pace.custom-send", "7.5",
                                        "timeout", "8s")));

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.json().at("/capabilities/pace/custom-send").asDouble()).isEqualTo(7.5);
        var rule =
                StreamSupport.stream(
                                changed.json().at("/capabilities/windows").spliterator(), false)
                        .filter(each -> each.path("trigger").asString().equals("message"))
                        .findFirst()
                        .orElseThrow();
        assertThat(rule.at("/messages").asInt()).isEqualTo(20);
        assertThat(rule.at("/seconds").asLong()).as("as the platform has it").isEqualTo(172_800);

        var wrong =
                change(
                        name,
                        Map.of(
                                "settings",
                                Map.of(
                                        "windows.menu.lifetime", "0s",
                                        "pace.custom-send", "0",
                                        "timeout", "soon")));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(fields(wrong))
                .containsOnlyKeys(
                        "settings.windows.menu.lifetime",
                        "settings.pace.custom-send",
                        "settings.timeout");
    }

    @Test
    void aNameIsTakenOnce() {
        var name = added();

        assertThat(add(name).code()).isEqualTo("account-name-taken");
        assertThat(add("demo").code()).isEqualTo("account-name-taken");
        assertThat(fields(add("no/name"))).containsOnlyKeys("name");
    }

    @Test
    void theSettingsFilesAccountsAreShownAndLeftAlone() {
        var demo = admin.get(ACCOUNTS + "/demo").json();

        assertThat(demo.at("/origin").asString()).isEqualTo("settings");
        assertThat(demo.at("/revision").isNull()).isTrue();
        assertThat(admin.patch(ACCOUNTS + "/demo", Map.of("revision", 1)).code())
                .isEqualTo("account-in-settings");
        assertThat(admin.delete(ACCOUNTS + "/demo?revision=1").code())
                .isEqualTo("account-in-settings");
    }

    @Test
    void whoeverIsSecondIsTold() {
        var name = added();
        var seen = admin.get(ACCOUNTS + "/" + name).json().at("/revision").asLong();
        var first = Map.of("revision", seen, "settings", Map.of("app-id", "wxfirst"));
        var second = Map.of("revision", seen, "settings", Map.of("app-id", "wxsecond"));

        assertThat(admin.patch(ACCOUNTS + "/" + name, first).status()).isEqualTo(200);
        var late = admin.patch(ACCOUNTS + "/" + name, second);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("account-changed");
        assertThat(admin.delete(ACCOUNTS + "/" + name + "?revision=" + seen).status())
                .isEqualTo(409);
    }

    @Test
    void everyChangeIsOnRecordWithoutValues() {
        var name = added();
        change(name, Map.of("settings", Map.of("secret", "another-secret"), "enabled", false));

        var changes = admin.get(ACCOUNTS + "/" + name).json().at("/changes");

        assertThat(changes.at("/0/by").asString()).isEqualTo("admin");
        assertThat(changes.at("/0/action").asString()).isEqualTo("changed");
        assertThat(changes.at("/0/keys").toString()).isEqualTo("[\"enabled\",\"secret\"]");
        assertThat(changes.at("/1/action").asString()).isEqualTo("added");
        assertThat(changes.toString()).doesNotContain("another-secret");
    }

    @Test
    void anAccountThatIsRemovedIsGoneOnEveryNode() {
        var name = added();
        await().atMost(SOON).until(() -> checked(another, name, TOKEN) == 200);

        assertThat(admin.delete(ACCOUNTS + "/" + name + "?revision=" + revision(name)).status())
                .isEqualTo(204);

        assertThat(admin.get(ACCOUNTS + "/" + name).status()).isEqualTo(404);
        assertThat(checked(gateway, name, TOKEN)).isEqualTo(404);
        await().atMost(SOON).until(() -> checked(another, name, TOKEN) == 404);
    }

    @Test
    void withoutAnEncryptionKeyNoSecretIsStored() {
        var plain = Gateway.shared();
        var refused =
                plain.signedIn("admin")
                        .post(ACCOUNTS, Map.of("name", "new", "settings", settings()));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("no-encryption-key");
        assertThat(refused.json().at("/detail").asString())
                .contains("guanjia.security.encryption-keys");
        var channels = plain.signedIn("admin").get("/api/v1/channels").json();
        assertThat(channels.at("/takesSecrets").asBoolean(true)).isFalse();
    }

    @Test
    void channelsShowHowTheirAccountsAreAndWhatTheyCarry() {
        gateway.samples()
                .sql(
                        """
                        insert into circuit (channel, account, api, kind, reason, opened_at, probe_at)
                        values ('wechat', 'demo', 'custom-send', 'blocked', 'errcode 48004', now(), now())
                        """);
        var supervisor = gateway.signedIn("zhuguan").with("Accept-Language", "en");

        var wechat = channel(supervisor.get("/api/v1/channels").json());
        var demo = wechat.at("/accounts/0");

        assertThat(wechat.at("/managed").asBoolean()).isTrue();
        assertThat(wechat.at("/fields/0/term").asString()).isEqualTo("开发者ID(AppID)");
        assertThat(wechat.at("/callback").asString()).isEqualTo("/callbacks/wechat/");
        assertThat(demo.at("/name").asString()).isEqualTo("demo");
        // Its platform is out of reach as well, here where there is none.
        assertThat(demo.at("/state").asString()).isIn("attention", "down");
        assertThat(demo.at("/sentence").asString()).isNotBlank();
        assertThat(demo.toString()).contains("errcode 48004");
        assertThat(demo.at("/capabilities/text/most").asInt()).isEqualTo(2048);
        assertThat(demo.at("/capabilities/receives").toString()).contains("\"image\"");
        gateway.samples().sql("delete from circuit");
    }

    @Test
    void aConversationSaysHowLongAnAnswerAndHowLargeAFileMayBe() {
        var conversation = gateway.samples().conversation("李雷", "waiting", null);

        var limits = admin.get("/api/v1/conversations/" + conversation).json().at("/limits");

        assertThat(limits.at("/text/most").asInt()).isEqualTo(2048);
        assertThat(limits.at("/text/unit").asString()).isEqualTo("bytes");
        assertThat(limits.at("/largestFile").asLong()).isEqualTo(20 * 1024 * 1024);
    }

    @Test
    void aMonitorSeesTheHealthOfEachAccount() {
        await().atMost(SOON)
                .until(
                        () ->
                                gateway.browser()
                                        .get("/actuator/prometheus")
                                        .body()
                                        .contains(
                                                "guanjia_account_health{account=\"demo\",channel=\"wechat\""));
    }

    private String added() {
        var name = "new-" + COUNT.incrementAndGet();
        var added = add(name);
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        return name;
    }

    private Answer add(String name) {
        return admin.post(ACCOUNTS, Map.of("name", name, "settings", settings()));
    }

    private static Map<String, Object> settings() {
        return Map.of(
                "app-id",
                "wxnew",
                "secret",
                SECRET,
                "token",
                TOKEN,
                "customer-service-messages",
                true,
                "api-base",
                "http://127.0.0.1:9");
    }

    private Answer change(String name, Map<String, ?> what) {
        var body = new HashMap<String, Object>(what);
        body.put("revision", revision(name));
        return admin.patch(ACCOUNTS + "/" + name, body);
    }

    private long revision(String name) {
        return admin.get(ACCOUNTS + "/" + name).json().at("/revision").asLong();
    }

    private static Map<String, String> fields(Answer answer) {
        var fields = new HashMap<String, String>();
        answer.json()
                .at("/errors")
                .forEach(
                        error ->
                                fields.put(
                                        error.path("field").asString(),
                                        error.path("message").asString()));
        return fields;
    }

    private static JsonNode channel(JsonNode channels) {
        return StreamSupport.stream(channels.at("/channels").spliterator(), false)
                .filter(channel -> channel.path("channel").asString().equals("wechat"))
                .findFirst()
                .orElseThrow();
    }

    /** What the platform would hear when it checks the account's callback address. */
    private static int checked(Gateway node, String name, String token) {
        var parts = new String[] {token, "1700000000", "nonce"};
        Arrays.sort(parts);
        var address =
                "/callbacks/wechat/%s?signature=%s&timestamp=1700000000&nonce=nonce&echostr=hello"
                        .formatted(name, sha1(String.join("", parts)));
        return node.browser().get(address).status();
    }

    private static String sha1(String words) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest(words.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Objects.requireNonNull(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
