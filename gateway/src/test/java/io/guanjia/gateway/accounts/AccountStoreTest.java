package io.guanjia.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.accounts.AccountChange.Action;
import io.guanjia.gateway.accounts.StoredAccount.StoredSecret;
import io.guanjia.gateway.outbound.TestClock;
import io.guanjia.gateway.outbound.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

class AccountStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AccountId MAIN = new AccountId("carrier", "main");

    private final TestDatabase database = new TestDatabase();
    private final TestClock clock = new TestClock();
    private final AccountStore store =
            new AccountStore(database.client, JsonMapper.shared(), Ids.timeOrdered(), clock);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keepsAnAccountAsItWas() {
        var account = account(0);
        add(account);

        var kept = find();

        assertThat(kept.settings()).isEqualTo(account.settings());
        assertThat(kept.secrets().keySet()).containsExactly("password");
        var secret = Objects.requireNonNull(kept.secrets().get("password"));
        assertThat(secret.sealed()).isEqualTo(new byte[] {1, 2, 3});
        assertThat(secret.setAt()).isEqualTo(clock.instant());
        assertThat(kept.changedBy()).isEqualTo("admin");
    }

    @Test
    void givesEveryStateANumberOfItsOwn() {
        var nothing = store.snapshot().block(PATIENCE);
        add(account(0));
        var one = store.snapshot().block(PATIENCE);
        store.remove(MAIN, find().revision(), "admin").block(PATIENCE);
        add(account(0));
        var again = store.snapshot().block(PATIENCE);

        assertThat(Objects.requireNonNull(nothing).accounts()).isEmpty();
        assertThat(Objects.requireNonNull(one).revision()).isGreaterThan(nothing.revision());
        assertThat(Objects.requireNonNull(again).revision()).isGreaterThan(one.revision());
        assertThat(again.accounts().getFirst().revision())
                .isNotEqualTo(one.accounts().getFirst().revision());
        assertThat(store.revision().block(PATIENCE)).isEqualTo(again.revision());
    }

    @Test
    void takesAChangeOnlyOfWhatWasSeen() {
        add(account(0));
        var seen = find().revision();
        store.change(account(seen), Set.of("user")).block(PATIENCE);

        assertThatExceptionOfType(AccountRefusal.Outdated.class)
                .isThrownBy(() -> store.change(account(seen), Set.of("user")).block(PATIENCE));
        assertThatExceptionOfType(AccountRefusal.Outdated.class)
                .isThrownBy(() -> store.remove(MAIN, seen, "admin").block(PATIENCE));
        assertThat(find().revision()).isNotEqualTo(seen);
    }

    @Test
    void takesANameOnce() {
        add(account(0));

        assertThatExceptionOfType(AccountRefusal.NameTaken.class).isThrownBy(() -> add(account(0)));
    }

    @Test
    void recordsWhoChangedWhichKeys() {
        add(account(0));
        clock.advance(Duration.ofMinutes(1));
        store.change(account(find().revision()), Set.of("user", "enabled")).block(PATIENCE);
        clock.advance(Duration.ofMinutes(1));
        store.remove(MAIN, find().revision(), "boss").block(PATIENCE);

        assertThat(store.changes(MAIN).collectList().block(PATIENCE))
                .extracting(AccountChange::by, AccountChange::action, AccountChange::keys)
                .containsExactly(
                        tuple("boss", Action.REMOVED, List.of()),
                        tuple("admin", Action.CHANGED, List.of("enabled", "user")),
                        tuple("admin", Action.ADDED, List.of("password", "user")));
    }

    private void add(StoredAccount account) {
        store.add(account, Set.of("user", "password")).block(PATIENCE);
    }

    private StoredAccount find() {
        return Objects.requireNonNull(store.find(MAIN).block(PATIENCE));
    }

    private StoredAccount account(long revision) {
        return new StoredAccount(
                MAIN,
                true,
                Map.of("user", "123456"),
                Map.of("password", new StoredSecret("k1", new byte[] {1, 2, 3}, clock.instant())),
                revision,
                clock.instant(),
                "admin");
    }
}
