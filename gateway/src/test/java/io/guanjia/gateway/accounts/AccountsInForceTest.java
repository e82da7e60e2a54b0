package io.guanjia.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.accounts.StoredAccount.StoredSecret;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.outbound.TestClock;
import io.guanjia.gateway.outbound.TestDatabase;
import io.guanjia.gateway.token.TestRedis;
import io.guanjia.gateway.vault.EncryptionSettings.EncryptionKey;
import io.guanjia.gateway.vault.Vault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One node with two channels; each look is one of those that it takes every few seconds. */
class AccountsInForceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AccountId MAIN = new AccountId("carrier", "main");
    private static final AccountId OTHER = new AccountId("steady", "other");

    private final TestDatabase database = new TestDatabase();
    private final TestRedis redis = TestRedis.nowhere();
    private final TestClock clock = new TestClock();
    private final Vault vault =
            new Vault(
                    List.of(
                            new EncryptionKey(
                                    "k1", Base64.getEncoder().encodeToString(new byte[32]))));
    private final AccountStore store =
            new AccountStore(database.client, JsonMapper.shared(), Ids.timeOrdered(), clock);
    private final Carrier carrier = new Carrier();
    private final Carrier steady = new Carrier("steady");
    private final AccountsInForce inForce =
            new AccountsInForce(
                    List.of(ManagedChannel.of(carrier), ManagedChannel.of(steady)),
                    new Channels(List.of()),
                    store,
                    vault,
                    new AccountsBell(redis.template));

    @AfterEach
    void close() {
        redis.close();
        database.close();
    }

    @Test
    void whatAChannelCouldNotTakeItTakesOnceItCanAlthoughNobodyChangesAnything() {
        add(MAIN);
        add(OTHER);
        carrier.outOfOrder = new IllegalStateException("no port is free");
        look();
        look();
        assertThat(inForce.troubles()).isEqualTo(Map.of(MAIN, new Trouble.NotTaken()));

        carrier.outOfOrder = null;
        look();

        assertThat(names(carrier)).containsExactly(List.of("file", "main"));
        assertThat(inForce.troubles()).isEmpty();
    }

    @Test
    void aChannelThatTakesNothingDisturbsNoOther() {
        add(MAIN);
        add(OTHER);
        carrier.outOfOrder = new IllegalStateException("no port is free");

        look();
        look();
        look();

        assertThat(names(steady)).containsExactly(List.of("file", "other"));
    }

    @Test
    void anAccountThatAChannelCouldNotLetGoOfIsGoneOnceItCan() {
        add(MAIN);
        look();
        carrier.outOfOrder = new IllegalStateException("a line does not close");
        store.remove(MAIN, revision(), "admin").block(PATIENCE);
        look();

        carrier.outOfOrder = null;
        look();
        look();

        assertThat(names(carrier)).containsExactly(List.of("file", "main"), List.of("file"));
    }

    @Test
    void whatAChannelMayHaveTakenByHalfItIsRidOfWithTheAccount() {
        add(MAIN);
        carrier.outOfOrder = new IllegalStateException("the second line does not open");
        look();

        carrier.outOfOrder = null;
        store.remove(MAIN, revision(), "admin").block(PATIENCE);
        look();

        assertThat(names(carrier)).containsExactly(List.of("file"));
    }

    private void look() {
        inForce.look().block(PATIENCE);
    }

    private void add(AccountId id) {
        var sealed = vault.seal("password", id.placeOf("password"));
        var account =
                new StoredAccount(
                        id,
                        true,
                        Map.of("user", "123456"),
                        Map.of("password", StoredSecret.of(sealed, clock.instant())),
                        0,
                        clock.instant(),
                        "admin");
        store.add(account, Set.of("user", "password")).block(PATIENCE);
    }

    private long revision() {
        return inForce.stored(MAIN.channel()).getFirst().revision();
    }

    private static List<List<String>> names(Carrier channel) {
        return channel.used.stream()
                .map(accounts -> accounts.stream().map(Carrier.Line::name).toList())
                .toList();
    }
}
