package io.guanjia.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.running.Gateway;
import io.guanjia.running.Samples;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Customers who stop following, as it is heard in time and after what they did later. */
final class LeavingTest {

    private static final Content FOLLOWS = new Event.Followed(null, null);
    private static final Content LEAVES = new Event.Unfollowed();
    private static final Content ASKS = new Content.Text("转人工");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Gateway gateway = Gateway.shared();
    private final Samples samples = gateway.samples();
    private final String customer = "openid-" + UUID.randomUUID();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Test
    void whoStopsFollowingLeavesTheQueueAndNothingWaitsForThem() {
        hear(did(FOLLOWS, -2), did(ASKS, -1));
        awaitThread(2);
        assertThat(state()).isEqualTo("waiting");

        hear(did(LEAVES, 0));
        awaitThread(3);

        assertThat(state()).isEqualTo("closed");
        assertThat(openWindows()).isZero();
        assertThat(refused()).isPositive();
        assertThat(following()).isFalse();
    }

    @Test
    void whoLeftAndCameBackStaysInTheQueueWhenTheLeavingIsHeardOfLast() {
        hear(did(FOLLOWS, -2), did(ASKS, -1));
        awaitThread(2);

        hear(did(LEAVES, -120));
        awaitThread(3);

        assertStillWaiting();
    }

    @Test
    void whoLeftAndCameBackStaysInTheQueueWhenAllIsHeardOfAtOnce() {
        hear(did(FOLLOWS, -2), did(ASKS, -1), did(LEAVES, -120));
        awaitThread(3);

        assertStillWaiting();
    }

    @Test
    void whoAskedForAPersonInTheSecondTheyLeftHasLeft() {
        hear(did(FOLLOWS, -1), did(ASKS, 0));
        awaitThread(2);

        hear(did(LEAVES, 0));
        awaitThread(3);

        assertThat(state()).isEqualTo("closed");
        assertThat(openWindows()).isZero();
    }

    @Test
    void whoFollowedBeforeTheyLeftDoesNotFollowWhenTheFollowingIsHeardOfLast() {
        hear(did(LEAVES, -2));
        awaitThread(1);

        hear(did(FOLLOWS, -120));
        awaitThread(2);

        assertThat(following()).isFalse();
        assertThat(openWindows()).isZero();
        assertThat(count("message where direction = 'out' and " + theirs())).isZero();
        assertThat(count("conversation where state <> 'closed' and " + theirs())).isZero();

        hear(did(FOLLOWS, 0));
        awaitThread(3);
        assertThat(following()).isTrue();
        assertThat(openWindows()).isPositive();
    }

    private void assertStillWaiting() {
        assertThat(state()).isEqualTo("waiting");
        assertThat(openWindows()).isPositive();
        assertThat(refused()).isZero();
        assertThat(following()).isTrue();
        assertThat(count("conversation where " + theirs())).isEqualTo(1);
    }

    private InboundMessage did(Content content, long seconds) {
        return new InboundMessage(
                new Address("wechat", "demo", customer),
                UUID.randomUUID().toString(),
                null,
                content,
                trigger(content),
                now.plusSeconds(seconds),
                Instant.now(),
                "{}");
    }

    private static @Nullable Trigger trigger(Content content) {
        return switch (content) {
            case Event.Followed _ -> Trigger.FOLLOW;
            case Event.Unfollowed _ -> null;
            default -> Trigger.MESSAGE;
        };
    }

    private void hear(InboundMessage... messages) {
        gateway.bean(Intake.class).take(List.of(messages)).block(PATIENCE);
    }

    private void awaitThread(int events) {
        await().atMost(PATIENCE)
                .until(() -> count("message where direction = 'in' and " + theirs()) == events);
    }

    private String state() {
        return samples.one(
                "select state from conversation where " + theirs() + " order by opened_at desc");
    }

    private boolean following() {
        return samples.one("select following::text from party where party = '" + customer + "'")
                .equals("true");
    }

    private int openWindows() {
        return count("reply_window where expires_at > now() and " + theirs());
    }

    private int refused() {
        return count("delivery where state = 'refused' and " + theirs());
    }

    private String theirs() {
        return "party_id = (select id from party where party = '" + customer + "')";
    }

    private int count(String of) {
        return Integer.parseInt(samples.one("select count(*)::text from " + of));
    }
}
