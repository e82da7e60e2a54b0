package io.guanjia.sandbox.weibo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.phone.PhoneLine;
import io.guanjia.sandbox.weibo.BankServer.Reaction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class CallbackTest extends WithBank {

    @Test
    void theConsolesCheckIsAnsweredWithTheEcho() {
        assertThat(account.verify().block(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aMessageComesAsThePlatformDocumentsIt() {
        assertThat(says("你好 \"😀\"").acknowledged()).isTrue();

        var arrival = server.arrivals().getFirst();
        assertThat(arrival.query()).containsEntry("timestamp", "" + NOON.toEpochMilli());
        assertThat(arrival.message())
                .isEqualTo(
                        io.guanjia.sandbox.http.Json.MAPPER.readTree(
                                """
                                {"type":"text","receiver_id":5011223344,"sender_id":%s,
                                "created_at":"Mon Mar 02 12:00:00 +0800 2026",
                                "text":"你好 \\"😀\\"","data":{}}\
                                """
                                        .formatted(lilei.id())));
    }

    @ParameterizedTest
    @CsvSource({
        "image,image,",
        "voice,voice,",
        "location,position,",
        "mention,mention,status",
        "follow,event,follow",
        "subscribe,event,subscribe",
        "unsubscribe,event,unsubscribe",
        "scan,event,scan_follow",
        "menu,event,click",
        "view,event,view"
    })
    void everyGestureIsReported(String gesture, String type, String subtype) {
        assertThat(ended(lilei.does(gesture, Map.of()))).isEqualTo("acknowledged");

        var message = server.arrivals().getFirst().message();
        assertThat(message.path("type").asString()).isEqualTo(type);
        assertThat(message.path("data").path("subtype").asString(""))
                .isEqualTo(subtype == null ? "" : subtype);
        assertThat(lilei.chat()).singleElement().matches(PhoneLine::mine);
    }

    @Test
    void aFollowerScansWithoutFollowingAgainAndCanLeave() {
        ended(lilei.does("follow", Map.of()));
        ended(lilei.does("scan", Map.of("scene", "counter-7")));
        ended(lilei.does("unfollow", Map.of()));

        assertThat(server.arrivals())
                .extracting(arrival -> arrival.message().path("data").path("subtype").asString())
                .containsExactly("follow", "scan", "unfollow");
        assertThat(server.arrivals().get(1).message().path("data").path("key").asString())
                .isEqualTo("counter-7");
        assertThat(lilei.following()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unfollow", "dance", "choose", "text"})
    void whatCannotBeDoneIsRefused(String gesture) {
        assertThatThrownBy(() -> lilei.does(gesture, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(server.arrivals()).isEmpty();
    }

    @Test
    void everyStatusButTwoHundredIsTriedAgainWithTheSameBody() {
        server.reacts(arrival -> new Reaction(server.arrivals().size() < 3 ? 503 : 200, ""));

        var outcome = says("在吗");

        assertThat(outcome.tries()).extracting(CallbackTry::status).containsExactly(503, 503, 200);
        assertThat(outcome.acknowledged()).isTrue();
        assertThat(server.arrivals())
                .extracting(BankServer.Arrival::body)
                .containsOnly(server.arrivals().getFirst().body());
        assertThat(server.arrivals())
                .extracting(arrival -> arrival.query().get("nonce"))
                .doesNotHaveDuplicates();
    }

    @Test
    void afterThreeTriesItGivesUp() {
        server.reacts(arrival -> new Reaction(500, ""));

        assertThat(says("在吗").acknowledged()).isFalse();
        assertThat(server.arrivals()).hasSize(3);
        assertThat(account.callbacks().total()).isEqualTo(1);
    }

    @Test
    void aReplyInTheResponseIsRead() {
        server.replies("您好 & 100% 😀");

        assertThat(says("在吗").word()).isEqualTo("acknowledged");
        assertThat(lilei.reads()).containsExactly("您好 & 100% 😀");
        assertThat(lilei.awaitReceived(1).getFirst().note()).isEqualTo("passive");
    }

    @Test
    void aReplyThatIsNoneIsShownAsNothingAndNotTriedAgain() {
        for (var wrong :
                List.of(
                        "success",
                        "{}",
                        "{\"result\":true,\"receiver_id\":1}",
                        "{\"result\":true,\"receiver_id\":%s,\"sender_id\":5011223344}"
                                .formatted(lilei.id()))) {
            server.reacts(arrival -> new Reaction(200, wrong));

            assertThat(says("在吗").word()).as(wrong).isEqualTo("unusable");
        }
        server.reacts(arrival -> new Reaction(200, BankServer.passive(arrival, "满".repeat(300))));
        assertThat(says("在吗").problem()).contains("Text too long");
        assertThat(lilei.reads()).isEmpty();
        assertThat(server.arrivals()).hasSize(5);
    }

    @Test
    void callbacksAreLostDelayedOrDoubledOnDemand() {
        account.faults().add(Fault.next(1, Fault.CALLBACKS, new Effect.Lose()));
        assertThat(says("一").word()).isEqualTo("missed");
        assertThat(server.arrivals()).isEmpty();

        account.faults().add(Fault.next(1, Fault.CALLBACKS, new Effect.Duplicate(2, List.of())));
        account.faults()
                .add(Fault.next(1, Fault.CALLBACKS, new Effect.Delay(Duration.ofMillis(10))));
        assertThat(says("二").acknowledged()).isTrue();
        assertThat(server.arrivals()).hasSize(3);
        assertThat(server.arrivals())
                .extracting(BankServer.Arrival::body)
                .containsOnly(server.arrivals().getFirst().body());
    }

    @Test
    void callbacksComeOutOfOrderOnDemand() {
        account.faults()
                .add(Fault.next(3, Fault.CALLBACKS, new Effect.Reorder(3, Duration.ofSeconds(10))));
        var all =
                List.of(
                        lilei.starts(Deed.text("一")),
                        lilei.starts(Deed.text("二")),
                        lilei.starts(Deed.text("三")));
        all.forEach(WithBank::ended);

        assertThat(server.arrivals())
                .extracting(arrival -> arrival.message().path("text").asString())
                .containsExactlyInAnyOrder("一", "二", "三")
                .isNotEqualTo(List.of("一", "二", "三"));
    }
}
