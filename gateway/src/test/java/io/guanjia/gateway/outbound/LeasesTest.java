package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.message.Content;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class LeasesTest {

    private static final int QUEUED = 60_000;
    private static final Way WAY = new Way(FakeChannel.NAME, FakeChannel.SERVICE, "custom-send");
    private static final ChannelAccount ACCOUNT = new FakeChannel().account(FakeChannel.SERVICE);

    private final House house = new House();
    private final House.Node node = house.node();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aQueueThatGrowsFasterThanPostgresqlNoticesIsStillQuickToLeaseFrom() {
        fill();
        for (int i = 0; i < 3; i++) {
            var begun = System.nanoTime();
            var leased = lease(2);

            assertThat(leased).hasSize(2);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void anAnswerAndANoticeToOneCustomerTakeOneMessageOfTheWindowEach() {
        var customer = house.at(FakeChannel.SERVICE, "Lily");
        house.writes(node, customer);
        house.say(node, customer, new Content.Text("活动"), Lane.CAMPAIGN, null);
        house.say(node, customer, new Content.Text("答复"), Lane.BOT, null);

        var first = lease(10);

        assertThat(first).hasSize(1);
        assertThat(first.getFirst().content()).isEqualTo(new Content.Text("答复"));
        assertThat(house.window(node, customer).remaining()).isEqualTo(4);
        assertThat(lease(10)).as("while the first is on its way").isEmpty();
    }

    @Test
    void theLastMessageOfAWindowThatAnotherNodeTakesMeanwhileIsNotTakenTwice() {
        var customer = house.at(FakeChannel.SERVICE, "Lily");
        house.writes(node, customer);
        house.say(node, customer, "您好");
        var taken = Sinks.<Void>empty();
        var committed = Sinks.<Void>empty();
        CompletableFuture<@Nullable Void> other =
                house.database
                        .client
                        .sql("update reply_window set used = messages")
                        .then()
                        .then(Mono.fromRunnable(taken::tryEmitEmpty))
                        .then(committed.asMono())
                        .as(house.database.transaction::transactional)
                        .toFuture();
        taken.asMono().block(Duration.ofSeconds(20));

        CompletableFuture<@Nullable List<Leased>> lease =
                node.leases.lease(WAY, ACCOUNT, 1, false).toFuture();
        await().until(this::somebodyWaitsForALock);
        committed.tryEmitEmpty();

        await().until(other::isDone);
        assertThat(lease.join()).isEmpty();
        assertThat(house.count("state = 'queued'")).isEqualTo(1);
    }

    private boolean somebodyWaitsForALock() {
        return House.now(
                        house.database
                                .client
                                .sql(
                                        """
                                        select count(*) from pg_stat_activity
                                        where datname = current_database()
                                            and wait_event_type = 'Lock'
                                        """)
                                .mapValue(Long.class)
                                .one())
                > 0;
    }

    private List<Leased> lease(int wanted) {
        return House.now(node.leases.lease(WAY, ACCOUNT, wanted, false));
    }

    /** Nobody has analyzed the table since. */
    private void fill() {
        sql(
                """
                insert into party (id, channel, account, party, first_seen_at)
                select md5('p' || i)::uuid, 'fake', 'service', 'p' || i, now()
                from generate_series(1, %d) i
                """);
        sql(
                """
                insert into conversation (id, party_id, channel, account, party, state, since,
                    opened_at, changed_at)
                select id, id, channel, account, party, 'bot', now(), now(), now() from party
                limit %d
                """);
        sql(
                """
                insert into message (id, conversation_id, party_id, revision, direction,
                    author_kind, content, sent_at, received_at)
                select id, id, id, 0, 'out', 'bot', '{"type": "text", "body": "您好"}', now(), now()
                from party limit %d
                """);
        sql(
                """
                insert into reply_window
                select id, 'message', 5, 0, now(), timestamptz '2099-01-01', now() from party
                limit %d
                """);
        sql(
                """
                insert into delivery (id, message_id, party_id, channel, account, party, api,
                    uses_window, lane, state, not_before, expires_at, created_at, changed_at)
                select id, id, id, channel, account, party, 'custom-send', true, 1, 'queued',
                    timestamptz '2020-01-01', timestamptz '2099-01-01', timestamptz '2020-01-01',
                    now()
                from party limit %d
                """);
    }

    private void sql(String statement) {
        House.run(house.database.client.sql(statement.formatted(QUEUED)).then());
    }
}
