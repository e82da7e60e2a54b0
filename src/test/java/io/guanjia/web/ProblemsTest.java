package io.guanjia.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Answer;
import io.guanjia.running.Browser;
import io.guanjia.running.Gateway;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.StreamSupport;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProblemsTest {

    private final Gateway gateway = Gateway.shared();
    private Browser agent;
    private String conversation;

    ProblemsTest() {
        agent = gateway.browser();
        conversation = "";
    }

    @BeforeAll
    void open() {
        agent = gateway.signedIn("xiaoli");
        conversation = gateway.samples().conversation("李雷", "agent", "xiaoli");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    GET    | /api/v1/nothing                                        | - | 404 | not-found              | -
                    GET    | /api/v1/conversations/not-an-id                        | - | 404 | not-found              | -
                    GET    | /api/v1/conversations/00000000-0000-7000-8000-000000000000 | - | 404 | not-found          | -
                    DELETE | /api/v1/conversations                                  | - | 405 | method-not-allowed     | -
                    GET    | /api/v1/conversations?view=nobody                      | - | 422 | invalid                | view
                    GET    | /api/v1/conversations?view=all                         | - | 403 | forbidden              | -
                    GET    | /api/v1/conversations?limit=0                          | - | 422 | invalid                | limit
                    GET    | /api/v1/conversations?limit=many                       | - | 422 | invalid                | limit
                    GET    | /api/v1/conversations?before=nonsense                  | - | 422 | invalid                | before
                    GET    | /api/v1/conversations?before=99999999999999999999_x    | - | 422 | invalid                | before
                    GET    | /api/v1/messages                                       | - | 422 | invalid                | channel
                    GET    | /api/v1/messages?channel=wechat&account=demo           | - | 422 | invalid                | party
                    GET    | /api/v1/messages?channel=a&account=b&party=c&before=x  | - | 422 | invalid                | before
                    GET    | /api/v1/media/no-id                                    | - | 404 | not-found              | -
                    PUT    | /api/v1/me/presence | {"status":"asleep"}              | 422 | invalid                | status
                    PUT    | /api/v1/me/presence | {}                               | 422 | invalid                | status
                    PUT    | /api/v1/me/presence | {"status":"online","x":1}        | 422 | invalid                | x
                    PUT    | /api/v1/me/presence | {"status":                       | 400 | malformed              | -
                    PUT    | /api/v1/me/presence | []                               | 400 | malformed              | -
                    PUT    | /api/v1/me/presence | -                                | 400 | malformed              | -
                    POST   | /api/v1/session     | {"username":"x"}                 | 422 | invalid                | password
                    """)
    void eachMistakeIsNamed(
            String method,
            String path,
            @Nullable String body,
            int status,
            String code,
            @Nullable String field) {
        expect(agent.send(method, path, body), status, code, field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    messages | {}                                                              | clientId
                    messages | {"clientId":"x","content":{"type":"text","body":"hi"}}          | clientId
                    messages | {"clientId":"ID","content":null}                                | content
                    messages | {"clientId":"ID","content":"hi"}                                | content
                    messages | {"clientId":"ID","content":{}}                                  | content.type
                    messages | {"clientId":"ID","content":{"type":"telepathy"}}                | content.type
                    messages | {"clientId":"ID","content":{"type":"followed"}}                 | content.type
                    messages | {"clientId":"ID","content":{"type":"text"}}                     | content.body
                    messages | {"clientId":"ID","content":{"type":"text","body":"  "}}         | content.body
                    messages | {"clientId":"ID","content":{"type":"text","body":7}}            | content.body
                    messages | {"clientId":"ID","content":{"type":"image"}}                    | content.media.id
                    messages | {"clientId":"ID","content":{"type":"image","media":{"source":"http://x"}}} | content.media.id
                    messages | {"clientId":"ID","content":{"type":"image","media":{"id":"ID"}}} | content.media.id
                    messages | {"clientId":"ID","content":{"type":"link","title":"x","url":"javascript:alert(1)"}} | content.url
                    messages | {"clientId":"ID","content":{"type":"link","title":"x","url":"https:///bill"}} | content.url
                    messages | {"clientId":"ID","content":{"type":"link","title":"x","url":"https://bank.example@evil.example/"}} | content.url
                    messages | {"clientId":"ID","content":{"type":"link","url":"https://bank.example/"}} | content.title
                    messages | {"clientId":"ID","content":{"type":"link","title":"x","url":"https://bank.example/","picture":"file:///etc/passwd"}} | content.picture
                    messages/preview | {"content":{"type":"link","title":"x"}}                 | content.url
                    messages/preview | {}                                                      | content
                    notes    | {"clientId":"ID"}                                               | body
                    notes    | {"clientId":"ID","body":""}                                     | body
                    typing   | {"on":"perhaps"}                                                | on
                    typing   | {}                                                              | on
                    """)
    void eachWrongFieldIsNamed(String what, String body, String field) {
        var sent = body.replace("ID", "11111111-2222-4333-8444-555555555555");

        expect(
                agent.send("POST", "/api/v1/conversations/" + conversation + "/" + what, sent),
                422,
                "invalid",
                field);
    }

    @Test
    void anotherContentTypeIsNotTaken() {
        var answer =
                gateway.signedIn("xiaoli")
                        .with("Content-Type", "text/plain")
                        .send("PUT", "/api/v1/me/presence", "online");

        expect(answer, 415, "unsupported-media-type", null);
    }

    @Test
    void anotherFormatIsNotGiven() {
        var answer =
                gateway.signedIn("xiaoli")
                        .with("Accept", "application/xml")
                        .get("/api/v1/conversations");

        expect(answer, 406, "not-acceptable", null);
    }

    @Test
    void tooMuchIsNotRead() {
        var body = "{\"clientId\":\"" + "x".repeat(70_000) + "\"}";

        expect(
                agent.send("POST", "/api/v1/conversations/" + conversation + "/messages", body),
                413,
                "too-large",
                null);
    }

    @Test
    void thePlainSocketAddressSaysWhatItIsFor() {
        expect(gateway.browser().get("/api/v1/desk/socket"), 426, "upgrade-required", null);
        expect(agent.send("POST", "/api/v1/desk/socket", "{}"), 405, "method-not-allowed", null);
    }

    @Test
    void speaksTheCallersLanguage() {
        assertThat(gateway.browser().get("/api/v1/me").json().get("title").asString())
                .isEqualTo("请先登录");
        assertThat(
                        gateway.browser()
                                .with("Accept-Language", "en-GB,en;q=0.9")
                                .get("/api/v1/me")
                                .json()
                                .get("title")
                                .asString())
                .isEqualTo("Sign in first");
        assertThat(
                        gateway.browser()
                                .with("Accept-Language", "fr")
                                .get("/api/v1/me")
                                .json()
                                .get("title")
                                .asString())
                .isEqualTo("请先登录");
    }

    private static void expect(Answer answer, int status, String code, @Nullable String field) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        var problem = answer.json();
        assertThat(problem.propertyNames())
                .contains("type", "title", "status", "detail", "instance", "code");
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).doesNotStartWith("problem.");
        assertThat(problem.get("detail").asString()).doesNotStartWith("problem.");
        assertThat(answer.body()).doesNotContain("Exception", "io.guanjia", "org.spring");
        if (field != null) {
            assertThat(StreamSupport.stream(problem.get("errors").spliterator(), false))
                    .as(answer.toString())
                    .anySatisfy(
                            error -> {
                                assertThat(error.get("field").asString()).isEqualTo(field);
                                assertThat(error.get("message").asString())
                                        .isNotBlank()
                                        .doesNotStartWith("field.");
                            });
        }
    }
}
