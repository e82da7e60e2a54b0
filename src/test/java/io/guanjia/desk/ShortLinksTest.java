package io.guanjia.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Answer;
import io.guanjia.running.Gateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.UUID;

/** Cards that are sent to where only words can go. */
final class ShortLinksTest {

    private static final String PAGE =
            "https://bank.example/calendar?from=2026-03-01&for=credit-cards";
    private static final String OURS = "https://kf.bank.example/l/";
    private static final String ACCOUNT = "guanjia.channels.sms-http.accounts[0].";

    private static final Gateway GATEWAY =
            Gateway.start(
                    Map.of(
                            "guanjia.media.public-address",
                            "https://kf.bank.example",
                            "guanjia.media.link-key",
                            "only-for-tests-only-for-tests-only",
                            ACCOUNT + "name",
                            "main",
                            // Nobody listens there: what these tests send stays under way.
                            ACCOUNT + "api-base",
                            "http://127.0.0.1:9",
                            ACCOUNT + "secret",
                            "a-secret-of-both-sides"));

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void aCardInAShortMessageIsItsTitleAndALinkThatLeadsToItsPage() {
        var address = address(notice("13800000001", card(PAGE)));

        var answer = GATEWAY.browser().get("/l/" + address.substring(OURS.length()));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(302);
        assertThat(answer.header("location")).isEqualTo(PAGE);
        assertThat(answer.header("cache-control")).isEqualTo("max-age=86400, private");
        assertThat(answer.response().headers().allValues("referrer-policy"))
                .containsExactly("no-referrer");
    }

    @Test
    void theSameCardHasTheSameLinkForEverybody() {
        var page = PAGE + "&for=everybody";

        var first = address(notice("13800000002", card(page)));
        var second = address(notice("13800000003", card(page)));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void aCardThatAnAgentSendsHasItsLinkToo() {
        var page = PAGE + "&by=agent";
        var conversation = shortMessagesWith("xiaoli");

        var answer =
                GATEWAY.signedIn("xiaoli")
                        .post(
                                "/api/v1/conversations/" + conversation + "/messages",
                                Map.of("clientId", UUID.randomUUID(), "content", card(page)));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        var code = address(answer).substring(OURS.length());
        assertThat(GATEWAY.browser().get("/l/" + code).header("location")).isEqualTo(page);
    }

    @Test
    void anAddressInWordsIsLeftAlone() {
        var answer = notice("13800000004", Map.of("type", "text", "body", "详见 " + PAGE));

        assertThat(answer.json().at("/content/body").asString()).isEqualTo("详见 " + PAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcdefghij", "abc", "0000000000", "abcdefghijk", "%E8%BF%98"})
    void aLinkThatIsNotOursLeadsNowhere(String code) {
        var answer = GATEWAY.browser().get("/l/" + code);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.header("location")).isNull();
        assertThat(answer.code()).isEqualTo("not-found");
    }

    private static Map<String, String> card(String page) {
        return Map.of("type", "link", "title", "还款日历", "description", "每月提醒", "url", page);
    }

    private static Answer notice(String to, Map<String, String> content) {
        var answer =
                GATEWAY.browser()
                        .with("Authorization", "Bearer " + Gateway.TOKEN)
                        .post(
                                "/api/v1/messages",
                                Map.of(
                                        "channel",
                                        "sms-http",
                                        "account",
                                        "main",
                                        "party",
                                        to,
                                        "idempotencyKey",
                                        UUID.randomUUID(),
                                        "content",
                                        content));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return answer;
    }

    /** The short one in a message that a card became. */
    private static String address(Answer answer) {
        var lines = answer.json().at("/content/body").asString().split("\n");
        assertThat(lines).hasSize(3).startsWith("还款日历", "每月提醒");
        assertThat(lines[2]).matches("\\Q" + OURS + "\\E[1-9A-HJ-NP-Za-km-z]{10}");
        return lines[2];
    }

    /** A conversation by SMS that somebody at the desk has. */
    private static String shortMessagesWith(String agent) {
        var samples = GATEWAY.samples();
        var conversation = samples.conversation("李雷", "agent", agent);
        for (var table : new String[] {"party", "conversation"}) {
            samples.sql(
                    "update %s set channel = 'sms-http', account = 'main' where party = '%s'"
                            .formatted(table, samples.party(conversation)));
        }
        return conversation;
    }
}
