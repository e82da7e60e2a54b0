package io.guanjia.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.sandbox.http.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

class ControlTest extends WithDemoAccount {

    private static final String DEMO = "wechat/accounts/demo";

    @Test
    void aCustomerIsMadeWritesAndReads() {
        server.replies(message -> "您好");

        var made = json("POST", DEMO + "/customers", "{\"name\":\"韩梅梅\"}");
        var path = DEMO + "/customers/" + made.path("openId").asString();
        var outcome = json("POST", path + "/actions", "{\"type\":\"text\",\"content\":\"在吗\"}");

        assertThat(outcome.path("answer").path("type").asString()).isEqualTo("reply");
        assertThat(outcome.path("tries").path(0).path("result").asString()).isEqualTo("ANSWERED");
        var chat = json("GET", path + "/chat", "");
        assertThat(chat.path(0).path("via").asString()).isEqualTo("customer");
        assertThat(chat.path(1).path("bubble").path("content").asString()).isEqualTo("您好");
        assertThat(json("GET", path + "/chat?after=1", "")).hasSize(1);
        assertThat(json("GET", path, "").path("allowance").asInt()).isEqualTo(5);
    }

    @Test
    void allThatAFollowerCanDoArrivesUnderItsName() {
        var path = DEMO + "/customers/" + lilei.openId() + "/actions";
        Stream.of(
                        "{'type':'location','latitude':31.2,'longitude':121.5,'scale':15,'label':'外滩'}",
                        "{'type':'link','title':'t','description':'d','url':'https://example.com'}",
                        "{'type':'image','mediaId':'m'}",
                        "{'type':'voice','mediaId':'m','format':'amr','recognition':'你好'}",
                        "{'type':'video','mediaId':'m','thumbMediaId':'t'}",
                        "{'type':'shortvideo','mediaId':'m','thumbMediaId':'t'}",
                        "{'type':'file','title':'a.pdf','size':3,'md5':'abc'}",
                        "{'type':'miniprogrampage','title':'t','appId':'wx','pagePath':'p','thumbMediaId':'t'}",
                        "{'type':'menuChoice','id':'101','content':'满意'}",
                        "{'type':'otherMessage','msgType':'hologram','fields':{'Light':'blue'}}",
                        "{'type':'click','key':'HUMAN'}",
                        "{'type':'view','url':'https://example.com','menuId':'1'}",
                        "{'type':'viewMiniprogram','pagePath':'p','menuId':'1'}",
                        "{'type':'scancode','key':'K','scanType':'qrcode','result':'r','waiting':true}",
                        "{'type':'pictures','from':'pic_weixin','key':'K','md5':['a','b']}",
                        "{'type':'locationSelect','key':'K','latitude':1,'longitude':2,'label':'l','poi':''}",
                        "{'type':'reportLocation','latitude':1,'longitude':2,'precision':3}",
                        "{'type':'answerSubscription','templateId':'T','accept':true}",
                        "{'type':'changeSubscription','templateId':'T','accept':false}",
                        "{'type':'kfSession','change':'kf_create_session','kfAccount':'a@b'}",
                        "{'type':'scan','scene':'branch-7'}",
                        "{'type':'otherEvent','event':'user_info_modified','fields':{'OpenID':'x'}}",
                        "{'type':'unsubscribe'}",
                        "{'type':'subscribe'}")
                .forEach(action -> json("POST", path, action.replace('\'', '"')));

        assertThat(server.arrivals())
                .extracting(arrival -> arrival.text("MsgType") + " " + arrival.text("Event"))
                .containsExactly(
                        "location ",
                        "link ",
                        "image ",
                        "voice ",
                        "video ",
                        "shortvideo ",
                        "file ",
                        "miniprogrampage ",
                        "text ",
                        "hologram ",
                        "event CLICK",
                        "event VIEW",
                        "event view_miniprogram",
                        "event scancode_waitmsg",
                        "event pic_weixin",
                        "event location_select",
                        "event LOCATION",
                        "event subscribe_msg_popup_event",
                        "event subscribe_msg_change_event",
                        "event kf_create_session",
                        "event SCAN",
                        "event user_info_modified",
                        "event unsubscribe",
                        "event subscribe");
        assertThat(server.arrivals().getFirst().text("Location_X")).isEqualTo("31.2");
        assertThat(server.arrivals().get(3).text("Recognition")).isEqualTo("你好");
    }

    @Test
    void anAccountIsOpenedChangedAndClosed() {
        var opened = json("POST", "wechat/accounts", "{\"name\":\"second\",\"mode\":\"plain\"}");
        assertThat(opened.path("mode").asString()).isEqualTo("plain");
        assertThat(opened.path("appId").asString()).matches("wx[0-9a-f]{16}");

        var changed =
                json(
                        "PUT",
                        "wechat/accounts/second",
                        """
                        {"mode":"safe","customerService":false,"callbackUrls":["%s"],
                         "limits":{"allowances":{"MESSAGE":{"messages":20,"life":"PT48H"}}}}\
                        """
                                .formatted(server.url()));
        assertThat(changed.path("customerService").asBoolean(true)).isFalse();
        assertThat(changed.at("/limits/allowances/MESSAGE/messages").asInt()).isEqualTo(20);
        assertThat(changed.at("/limits/allowances/SCAN/messages").asInt()).isEqualTo(3);

        assertThat(send("DELETE", "wechat/accounts/second", "").statusCode()).isEqualTo(204);
        assertThat(json("GET", "wechat/accounts", "")).hasSize(1);
    }

    @Test
    void faultsAreSwitchedOnAndOff() {
        var fault =
                json(
                        "POST",
                        DEMO + "/faults",
                        """
                        {"target":"*","effect":{"type":"delay","time":"PT0.2S"},"times":3}\
                        """);
        assertThat(fault.at("/fault/effect/type").asString()).isEqualTo("delay");
        assertThat(json("GET", DEMO + "/faults", "")).hasSize(1);
        var path = DEMO + "/faults/" + fault.path("id").asString();
        assertThat(send("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(send("DELETE", path, "").statusCode()).isEqualTo(404);
        assertThat(json("GET", DEMO + "/faults", "")).isEmpty();
    }

    @Test
    void aDuplicateGoesToTheAccountItselfUnlessToldOtherwise() {
        json(
                "POST",
                DEMO + "/faults",
                "{\"target\":\"callbacks\",\"effect\":{\"type\":\"duplicate\",\"copies\":3}}");

        lilei.says("只说一次");

        assertThat(server.arrivals()).hasSize(4);
    }

    @Test
    void quotasTokensAndTheClockAreMovedFromOutside() {
        var token = client.goodToken();
        json("PUT", DEMO + "/quotas", "{\"api\":\"user/info\",\"exhausted\":true}");
        assertThat(code(client.get("user/info?access_token=" + token))).isEqualTo(45009);

        send("POST", DEMO + "/tokens/expire", "");
        assertThat(code(client.get("getcallbackip?access_token=" + token))).isEqualTo(42001);

        var clock = json("PUT", "clock", "{\"shift\":\"PT2H\"}");
        assertThat(clock.path("now").asString()).isEqualTo("2026-03-02T06:00:00Z");
        assertThat(send("POST", "reset", "").statusCode()).isEqualTo(204);
        assertThat(json("GET", "clock", "").path("shift").asString()).isEqualTo("PT0S");
    }

    @Test
    void callsAndCallbacksAreOnRecordWithoutSecrets() {
        lilei.says("你好");
        client.sendText(lilei, "您好");

        var calls = json("GET", DEMO + "/calls", "");
        assertThat(calls.path(0).path("api").asString()).isEqualTo("stable_token");
        assertThat(calls.path(1).path("api").asString()).isEqualTo("message/custom/send");
        assertThat(calls.toString())
                .doesNotContain(server.settings().secret())
                .doesNotContain(client.goodToken());
        assertThat(json("GET", DEMO + "/callbacks", "").path(0).path("msgId").asString())
                .isEqualTo(server.arrivals().getFirst().text("MsgId"));
        assertThat(json("GET", DEMO + "/counters", "").at("/calls/stable_token").asInt())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    POST   | wechat/accounts/nobody/customers | {"name":"x"}           | 404 | nobody
                    POST   | wechat/accounts/demo/customers   | {}                     | 422 | name is missing
                    POST   | wechat/accounts/demo/customers   | [                      | 422 | no JSON object
                    POST   | wechat/accounts/demo/customers   | {"nam":"x"}            | 422 | nam
                    POST   | wechat/accounts/demo/faults      | {"target":"*","effect":{"type":"status","status":200}} | 422 | status must be
                    POST   | wechat/accounts/demo/faults      | {"target":"*","effect":{"type":"delay"}}               | 422 | time is missing
                    POST   | wechat/accounts                  | {"name":"demo"}        | 422 | taken
                    POST   | wechat/accounts                  | {"name":"x y"}         | 422 | name must be
                    PUT    | wechat/accounts/demo             | {"aesKey":"short"}     | 422 | EncodingAESKey
                    PUT    | clock                            | {"shift":"soon"}       | 422 | PT2H
                    GET    | wechat/accounts/demo/rushes/latest | ''                   | 404 | no rush
                    """)
    void whatIsWrongWithACallIsNamed(
            String method, String path, String body, int status, String words) {
        var answer = send(method, path, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(Json.MAPPER.readTree(answer.body()).path("detail").asString()).contains(words);
    }

    @Test
    void writingWithoutFollowingIsAConflict() {
        var stranger = account.stranger("林涛");
        var path = DEMO + "/customers/" + stranger.openId() + "/actions";
        assertThat(send("POST", path, "{\"type\":\"text\",\"content\":\"x\"}").statusCode())
                .isEqualTo(409);
    }

    @Test
    void aPageOfAnotherSiteCanNotDriveTheSandbox() {
        var request =
                HttpRequest.newBuilder(uri("reset"))
                        .header("Origin", "https://evil.example")
                        .POST(BodyPublishers.noBody());
        assertThat(client.send(request).statusCode()).isEqualTo(403);
    }

    @Test
    void changesAreAnnounced() {
        var lines = new CopyOnWriteArrayList<String>();
        var http = HttpClient.newHttpClient();
        var stream =
                http.sendAsync(
                        HttpRequest.newBuilder(uri("changes")).build(),
                        BodyHandlers.fromLineSubscriber(new LineCollector(lines)));
        await().until(() -> !lines.isEmpty());

        lilei.says("你好");

        await().until(() -> lines.stream().anyMatch(line -> line.contains(lilei.openId())));
        stream.cancel(true);
        http.shutdownNow();
    }

    @Test
    void thePageIsServedUnderAStrictPolicy() {
        var page = client.send(HttpRequest.newBuilder(sandbox.address().resolve("/")).GET());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        var outside = sandbox.address().resolve("/page/..%2f..%2fSandbox.class");
        assertThat(client.send(HttpRequest.newBuilder(outside).GET()).statusCode()).isEqualTo(404);
    }

    private JsonNode json(String method, String path, String body) {
        var answer = send(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return Json.MAPPER.readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body)));
    }

    private URI uri(String path) {
        return sandbox.address().resolve("/sandbox/api/" + path);
    }
}
