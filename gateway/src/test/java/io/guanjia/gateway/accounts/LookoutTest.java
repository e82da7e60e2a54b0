package io.guanjia.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.accounts.StoredAccount.StoredSecret;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.outbound.TestClock;
import io.guanjia.gateway.outbound.TestDatabase;
import io.guanjia.gateway.token.TestRedis;
import io.guanjia.gateway.vault.EncryptionSettings.EncryptionKey;
import io.guanjia.gateway.vault.Vault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Two nodes on one Redis and one database. */
class LookoutTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AccountId MAIN = new AccountId("carrier", "main");
    private static final AccountId ADDED = new AccountId("carrier", "added");
    private static final HealthSign UP = HealthSign.well("line", null);
    private static final HealthSign DOWN = HealthSign.ill("line", "down");
    private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

    private final TestRedis redis = TestRedis.shared();
    private final TestDatabase database = new TestDatabase();
    private final Vault vault = new Vault(List.of(new EncryptionKey("k1", key())));
    private final Node here = new Node(vault, redis);
    private final Node there = new Node(new Vault(List.of()), redis);

    @BeforeEach
    void forgetAll() {
        redis.forgetAll();
    }

    @AfterEach
    void close() {
        database.close();
        redis.close();
    }

    @Test
    void aLineThatIsDownOnOneOfTwoNodesIsSeenFromBoth() {
        here.lines.signs = List.of(UP);
        there.lines.signs = List.of(DOWN);
        here.tell();
        there.tell();

        assertThat(here.sees(MAIN).signs()).containsExactly(new Seen<>(DOWN, 1, 2));
        assertThat(there.sees(MAIN).signs()).containsExactly(new Seen<>(DOWN, 1, 2));

        there.lines.signs = List.of(UP);
        there.tell();
        assertThat(here.sees(MAIN).signs()).containsExactly(new Seen<>(UP, 2, 2));
    }

    @Test
    void whatANodeSeesItselfIsNeverOld() {
        here.lines.signs = List.of(DOWN);
        here.tell();
        there.tell();
        here.lines.signs = List.of(UP);

        assertThat(here.sees(MAIN).signs()).containsExactly(new Seen<>(UP, 2, 2));
    }

    @Test
    void whatOnlyOneNodeHeardIsKnownToBoth() {
        here.lines.signs = List.of(HealthSign.well("token", null));
        there.lines.signs =
                List.of(HealthSign.well("token", NOON), HealthSign.ill("balance", "empty"));
        here.lines.calls = List.of(CallsLeft.today("send", 90, 100));
        there.lines.calls = List.of(CallsLeft.today("send", 80, 100));
        there.tell();

        assertThat(here.sees(MAIN).signs())
                .containsExactly(
                        new Seen<>(HealthSign.well("token", NOON), 2, 2),
                        new Seen<>(HealthSign.ill("balance", "empty"), 1, 2));
        assertThat(here.sees(MAIN).calls()).containsExactly(CallsLeft.today("send", 80, 100));
    }

    @Test
    void aNodeWithoutTheKeyOfAnAccountIsNamedByTheOther() {
        add(ADDED);
        here.lookAtAccounts();
        there.lookAtAccounts();
        there.tell();

        assertThat(here.sees(ADDED).trouble())
                .isEqualTo(new Seen<Trouble>(new Trouble.KeyMissing("k1"), 1, 2));
        assertThat(here.sees(MAIN).trouble()).isNull();
    }

    @Test
    void aNodeThatSaysNothingMoreDoesNotCount() {
        var said =
                "[{\"account\":{\"channel\":\"carrier\",\"name\":\"main\"},\"seen\":{\"signs\":[]}}]";
        var board = redis.template.<String, String>opsForHash();
        board.put("guanjia:sightings", "stopped", "1000:" + said).block(PATIENCE);

        assertThat(here.sees(MAIN).nodes()).hasSize(1);

        here.tell();
        assertThat(board.hasKey("guanjia:sightings", "stopped").block(PATIENCE)).isFalse();
    }

    @Test
    void aNodeOfAnotherVersionIsLeftOut() {
        redis.template
                .<String, String>opsForHash()
                .put("guanjia:sightings", "newer", "99999999999999:{\"what\":\"news\"}")
                .block(PATIENCE);

        assertThat(here.sees(MAIN).nodes()).hasSize(1);
    }

    @Test
    void goesByItsOwnViewWhenRedisForgetsOrIsAway() {
        there.lines.signs = List.of(DOWN);
        there.tell();
        redis.forgetAll();

        assertThat(here.sees(MAIN).signs()).containsExactly(new Seen<>(UP, 1, 1));

        try (var nowhere = TestRedis.nowhere()) {
            assertThat(new Node(vault, nowhere).sees(MAIN).signs())
                    .containsExactly(new Seen<>(UP, 1, 1));
        }
    }

    /** Stores an account whose secret is sealed with the key that only one node has. */
    private void add(AccountId id) {
        var sealed = vault.seal("password-of-added", id.placeOf("password"));
        var account =
                new StoredAccount(
                        id,
                        true,
                        Map.of("user", "123456"),
                        Map.of("password", StoredSecret.of(sealed, NOON)),
                        0,
                        NOON,
                        "admin");
        store().add(account, Set.of("user", "password")).block(PATIENCE);
    }

    private AccountStore store() {
        return new AccountStore(
                database.client, JsonMapper.shared(), Ids.timeOrdered(), new TestClock());
    }

    private static String key() {
        return Base64.getEncoder().encodeToString(new byte[32]);
    }

    /** What belongs to one node. */
    private final class Node {

        private final Lines lines = new Lines();
        private final AccountsInForce inForce;
        private final Lookout lookout;

        Node(Vault vault, TestRedis redis) {
            var channels = new Channels(List.of(lines));
            inForce =
                    new AccountsInForce(
                            List.of(ManagedChannel.of(new Carrier())),
                            channels,
                            store(),
                            vault,
                            new AccountsBell(redis.template));
            lookout =
                    new Lookout(
                            channels,
                            inForce,
                            new SharedSightings(redis.template, JsonMapper.shared()));
        }

        void tell() {
            lookout.round().block(PATIENCE);
        }

        /** A channel works with what it is given. */
        void lookAtAccounts() {
            inForce.look().block(PATIENCE);
            if (!inForce.troubles().containsKey(ADDED)) {
                lines.names.add(ADDED.name());
            }
        }

        Sightings sees(AccountId id) {
            return Objects.requireNonNull(lookout.all().block(PATIENCE))
                    .getOrDefault(id, Sightings.NONE);
        }
    }

    /** A channel that knows what the test says. */
    private static final class Lines implements Channel {

        private final List<String> names = new ArrayList<>(List.of("main"));
        private volatile List<HealthSign> signs = List.of(UP);
        private volatile List<CallsLeft> calls = List.of();

        @Override
        public String name() {
            return "carrier";
        }

        @Override
        public Collection<ChannelAccount> accounts() {
            return names.stream()
                    .map(
                            name ->
                                    new ChannelAccount(
                                            name,
                                            true,
                                            null,
                                            List.of(),
                                            Map.of(),
                                            Capabilities.words(TextLimit.bytes(2048)).build()))
                    .toList();
        }

        @Override
        public Flux<HealthSign> health(String account) {
            return Flux.fromIterable(account.equals("main") ? signs : List.<HealthSign>of());
        }

        @Override
        public Flux<CallsLeft> callsLeft(String account) {
            return Flux.fromIterable(account.equals("main") ? calls : List.<CallsLeft>of());
        }

        @Override
        public Mono<CallbackResponse> handshake(Callback callback) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Reading> read(Callback callback) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Route route(Content content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Accepted> deliver(OutboundMessage message) {
            throw new UnsupportedOperationException();
        }
    }
}
