package io.guanjia.adapters.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.adapters.app.AppChannel.TypingSign;
import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.MigratedDatabase;
import io.guanjia.contract.TestClock;
import io.guanjia.gateway.live.Gossip;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

class PushingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PUSH = "/push";
    private static final Address CUSTOMER = new Address(AppChannel.NAME, "web", "C10086");
    private static final DatabaseClient DATABASE =
            DatabaseClient.create(MigratedDatabase.create("app_pushing", 4));

    private final FakePlatform service = new FakePlatform();
    private final TestClock clock = new TestClock(Instant.parse("2026-03-02T09:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PushCounts counts = new PushCounts(meters);
    private final Connected connected = new Connected();
    private final Pushes pushes = new StoredPushes(DATABASE, clock);
    private final AppChannel channel =
            new AppChannel(
                    List.of(Accounts.pushing(service.address().resolve(PUSH))),
                    new MemoryThreads(),
                    connected,
                    pushes,
                    counts,
                    new SilentBell(),
                    new Gossip<>(connected.redis, JsonMapper.shared(), "typing", TypingSign.class),
                    JsonMapper.shared(),
                    clock);
    private final Pushing pushing = new Pushing(channel, pushes, connected, counts, clock);

    @BeforeEach
    void nothingWaits() {
        execute("delete from app_push");
    }

    @AfterEach
    void close() {
        channel.close();
        service.close();
    }

    @Test
    void tellsTheServiceOnceOfACustomerWhoIsNotConnected() {
        service.status(PUSH, 204);
        deliver();

        round();
        round();

        assertThat(service.requests(PUSH)).hasSize(1);
        assertThat(waiting()).isZero();
        assertThat(counted("made")).isEqualTo(1);
    }

    @Test
    void whoIsConnectedNeedsNoPush() {
        connected.parties.add(CUSTOMER.party());
        deliver();
        assertThat(waiting()).isZero();

        connected.parties.clear();
        deliver();
        connected.parties.add(CUSTOMER.party());
        round();

        assertThat(waiting()).isZero();
        assertThat(service.all()).isEmpty();
    }

    @Test
    void aMessageIsSentWhateverThePushServiceSays() {
        for (var status : List.of(500, 401, 429)) {
            service.status(PUSH, status);

            assertThat(deliver()).isTrue();
            round();
        }
        assertThat(counted("failed")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void triesAgainWithTheSameWordsUntilItIsTaken() {
        service.status(PUSH, 503);
        deliver();
        round();
        round();
        assertThat(service.requests(PUSH)).hasSize(1);
        service.status(PUSH, 204);

        clock.advance(Duration.ofSeconds(11));
        round();

        assertThat(service.requests(PUSH)).hasSize(2);
        var bodies = service.requests(PUSH).stream().map(FakePlatform.Request::text).toList();
        assertThat(bodies.getFirst()).isEqualTo(bodies.getLast());
        assertThat(waiting()).isZero();
    }

    @Test
    void givesUpWhenAPushIsOfNoUseAnyMore() {
        service.status(PUSH, 403);
        deliver();

        for (var minute = 0; minute < 70; minute++) {
            round();
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(waiting()).isZero();
        assertThat(service.requests(PUSH).size()).isBetween(10, 20);
        assertThat(counted("given-up")).isEqualTo(1);
        assertThat(channel.health("web").collectList().block(PATIENCE))
                .singleElement()
                .satisfies(sign -> assertThat(sign.problem()).isEqualTo("refused"));
    }

    @Test
    void whatWaitedUntilItIsOfNoUseIsNotPushed() {
        service.status(PUSH, 204);
        deliver();

        clock.advance(StoredPushes.USEFUL);
        round();

        assertThat(waiting()).isZero();
        assertThat(service.all()).isEmpty();
        assertThat(counted("given-up")).isEqualTo(1);
    }

    @Test
    void whoHasNoPhoneToPushToReadsItLater() {
        service.status(PUSH, 410);
        deliver();

        round();

        assertThat(waiting()).isZero();
        assertThat(counted("given-up")).isZero();
    }

    @Test
    void anAccountThatPushesNoMoreLeavesNothingBehind() {
        deliver();
        channel.replaceAccounts(List.of(Accounts.web()));

        round();

        assertThat(waiting()).isZero();
        assertThat(service.all()).isEmpty();
    }

    @Test
    void theNodeThatDiesOverAPushLetsAnotherMakeIt() {
        service.status(PUSH, 204);
        deliver();
        assertThat(pushes.lease("web", 10).collectList().block(PATIENCE)).hasSize(1);
        round();
        assertThat(service.all()).isEmpty();

        clock.advance(Duration.ofMinutes(3));
        round();

        assertThat(service.requests(PUSH)).hasSize(1);
    }

    @Test
    void aServiceThatDoesNotAnswerHoldsUpNoOtherAccountsPushes() {
        var ill = "/ill";
        service.hangs(ill);
        service.status(PUSH, 204);
        channel.replaceAccounts(
                List.of(
                        Accounts.pushing(service.address().resolve(PUSH)),
                        Accounts.pushing(
                                "ill", service.address().resolve(ill), Duration.ofMinutes(1))));
        for (int i = 0; i < 40; i++) {
            deliver("ill");
        }
        pushing.start();
        try {
            await().until(() -> service.requests(ill).size() >= 16);

            deliver();

            await().until(() -> service.requests(PUSH).size() == 1);
            assertThat(service.requests(ill)).hasSize(16);
        } finally {
            pushing.stop();
        }
    }

    /** Returns whether it counts as sent. */
    private boolean deliver() {
        return deliver("web");
    }

    private boolean deliver(String account) {
        var delivery = UUID.randomUUID();
        execute(
                """
                with p as (
                    insert into party (id, channel, account, party, first_seen_at)
                    values (gen_random_uuid(), 'app', '%2$s', '%1$s', now()) returning id
                ), c as (
                    insert into conversation
                        (id, party_id, channel, account, party, state, since, opened_at, changed_at)
                    select gen_random_uuid(), id, 'app', '%2$s', '%1$s', 'bot', now(), now(), now()
                    from p returning id, party_id
                ), m as (
                    insert into message (id, conversation_id, party_id, revision, direction,
                        author_kind, content, sent_at, received_at)
                    select gen_random_uuid(), id, party_id, 1, 'out', 'bot', '{}', now(), now()
                    from c returning id, party_id
                )
                insert into delivery (id, message_id, party_id, channel, account, party, api,
                    uses_window, lane, state, not_before, expires_at, created_at, changed_at)
                select '%1$s', id, party_id, 'app', '%2$s', '%1$s', 'thread', false, 0, 'sending',
                    now(), now(), now(), now() from m
                """
                        .formatted(delivery, account));
        var message =
                new OutboundMessage(
                        delivery.toString(),
                        new Address(AppChannel.NAME, account, CUSTOMER.party()),
                        Author.BOT,
                        new Content.Text("在吗"));
        return channel.deliver(message).block(PATIENCE) != null;
    }

    private void round() {
        pushing.round().block(PATIENCE);
    }

    private static long waiting() {
        return Objects.requireNonNull(
                DATABASE.sql("select count(*) from app_push")
                        .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                        .one()
                        .block(PATIENCE));
    }

    private static void execute(String sql) {
        DATABASE.sql(sql).then().block(PATIENCE);
    }

    private double counted(String outcome) {
        return meters.counter("guanjia.app.pushes", "account", "web", "outcome", outcome).count();
    }

    /** Says who is here without asking Redis. */
    private static final class Connected extends Presence {
        private final Set<String> parties = new HashSet<>();
        private final ReactiveStringRedisTemplate redis;

        Connected() {
            this(
                    new ReactiveStringRedisTemplate(
                            new LettuceConnectionFactory(
                                    new RedisStandaloneConfiguration("127.0.0.1", 1))));
        }

        private Connected(ReactiveStringRedisTemplate redis) {
            super(redis);
            this.redis = redis;
        }

        @Override
        Mono<Boolean> here(Address customer) {
            return Mono.fromSupplier(() -> parties.contains(customer.party()));
        }
    }
}
