package io.guanjia.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.accounts.AccountRefusal.Fault;
import io.guanjia.gateway.accounts.AccountRefusal.Invalid;
import io.guanjia.gateway.accounts.ChangeAccounts.Said;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.outbound.TestClock;
import io.guanjia.gateway.outbound.TestDatabase;
import io.guanjia.gateway.token.TestRedis;
import io.guanjia.gateway.vault.EncryptionSettings.EncryptionKey;
import io.guanjia.gateway.vault.Vault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Who may change where an account's secrets go, and cannot read them, does not get them so. */
class ChangeAccountsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AccountId MAIN = new AccountId("carrier", "main");
    private static final String GATE = "tcp://10.0.0.1:7890";
    private static final String ELSEWHERE = "tcp://203.0.113.66:7890";

    private final TestRedis redis = TestRedis.shared();
    private final TestDatabase database = new TestDatabase();
    private final TestClock clock = new TestClock();
    private final Carrier carrier = new Carrier();
    private final AccountStore store =
            new AccountStore(database.client, JsonMapper.shared(), Ids.timeOrdered(), clock);
    private final ChangeAccounts accounts = changes();

    @BeforeEach
    void addAnAccount() {
        accounts.add(
                        MAIN,
                        saying("user", "123456", "password", "s3cret", "pin", "0815", "gate", GATE),
                        "admin")
                .block(PATIENCE);
    }

    @AfterEach
    void close() {
        database.close();
        redis.close();
    }

    @Test
    void secretsAreSaidAgainWhenTheirAddressChanges() {
        assertThat(refused(saying("gate", ELSEWHERE)))
                .containsExactly(again("password"), again("pin"));
        assertThat(inForce().gate()).hasToString(GATE);

        change(saying("gate", ELSEWHERE, "password", "s3cret", "pin", "0815"));
        assertThat(inForce().gate()).hasToString(ELSEWHERE);
    }

    @Test
    void oneSecretDoesNotDoForAnother() {
        assertThat(refused(saying("gate", ELSEWHERE, "pin", "0815")))
                .containsExactly(again("password"));
    }

    @Test
    void secretsAreSaidAgainWhenTheirAddressGoesBackToTheUsualOne() {
        assertThat(refused(unsetting("gate"))).containsExactly(again("password"), again("pin"));
    }

    @Test
    void secretsAreSaidAgainWhenTheyGetAnAddressOfTheirOwn() {
        change(unsetting("gate", "password", "s3cret", "pin", "0815"));

        assertThat(refused(saying("gate", ELSEWHERE)))
                .containsExactly(again("password"), again("pin"));
    }

    @Test
    void switchingAnAccountOffDoesNotFreeItsAddress() {
        accounts.change(MAIN, revision(), new Said(false, Map.of()), "admin").block(PATIENCE);

        assertThat(refused(saying("gate", ELSEWHERE)))
                .containsExactly(again("password"), again("pin"));
    }

    @Test
    void theSameAddressAgainIsNoChange() {
        change(saying("gate", GATE, "user", "654321"));

        assertThat(inForce().user()).isEqualTo("654321");
        assertThat(inForce().password()).isEqualTo("s3cret");
    }

    @Test
    void aSecretThatIsUnsetGoesNowhereAndNeedNotBeSaid() {
        change(unsetting("pin", "gate", ELSEWHERE, "password", "s3cret"));

        assertThat(inForce().pin()).isNull();
        assertThat(inForce().gate()).hasToString(ELSEWHERE);
    }

    @Test
    void whatElseIsWrongIsNamedWithIt() {
        assertThat(refused(saying("gate", "nowhere", "user", "12", "pin", "0815")))
                .extracting(Fault::field, Fault::code)
                .containsExactlyInAnyOrder(
                        tuple("settings.password", "address-changed"),
                        tuple("settings.gate", "malformed"),
                        tuple("settings.user", "malformed"));
    }

    private List<Fault> refused(Said said) {
        return catchThrowableOfType(Invalid.class, () -> change(said)).faults();
    }

    private void change(Said said) {
        accounts.change(MAIN, revision(), said, "admin").block(PATIENCE);
    }

    private long revision() {
        return Objects.requireNonNull(store.find(MAIN).block(PATIENCE)).revision();
    }

    /** As the channel has it, with its secrets. */
    private Carrier.Line inForce() {
        return carrier.used.getLast().getLast();
    }

    private static Fault again(String secret) {
        return Fault.of("settings." + secret, "address-changed");
    }

    private static Said saying(String... keysAndValues) {
        var values = new HashMap<String, Optional<String>>();
        for (var i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], Optional.of(keysAndValues[i + 1]));
        }
        return new Said(null, values);
    }

    private static Said unsetting(String key, String... keysAndValues) {
        var values = new HashMap<>(saying(keysAndValues).values());
        values.put(key, Optional.empty());
        return new Said(null, values);
    }

    private ChangeAccounts changes() {
        var key = Base64.getEncoder().encodeToString(new byte[32]);
        var vault = new Vault(List.of(new EncryptionKey("k1", key)));
        var inForce =
                new AccountsInForce(
                        List.of(ManagedChannel.of(carrier)),
                        new Channels(List.of()),
                        store,
                        vault,
                        new AccountsBell(redis.template));
        return new ChangeAccounts(store, inForce, vault, clock);
    }
}
