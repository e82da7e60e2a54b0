package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class LeasesTest {

    private static final int QUEUED = 60_000;

    private final House house = new House();
    private final House.Node node = house.node();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aQueueThatGrowsFasterThanPostgresqlNoticesIsStillQuickToLeaseFrom() {
        fill();
        var account = new FakeChannel().account(FakeChannel.SERVICE);
        var way = new Way(FakeChannel.NAME, FakeChannel.SERVICE, "custom-send");

        for (int i = 0; i < 3; i++) {
            var begun = System.nanoTime();
            var leased = House.now(node.leases.lease(way, account, 2, false));

            assertThat(leased).hasSize(2);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(1));
        }
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
