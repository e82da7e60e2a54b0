package io.guanjia.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class OpenAccountsTest {

    private record Settings(String name, String secret) {}

    private static final class Account {
        private final Settings settings;

        Account(Settings settings) {
            this.settings = settings;
        }
    }

    private final OpenAccounts<Settings, Account> open = new OpenAccounts<>();

    @Test
    void whoIsSetUpAsBeforeGoesOnAndWhoIsChangedBeginsAnew() {
        var before =
                open.replace(
                        List.of(new Settings("main", "1"), new Settings("other", "2")),
                        Account::new);

        var after =
                open.replace(
                        List.of(
                                new Settings("new", "3"),
                                new Settings("other", "changed"),
                                new Settings("main", "1")),
                        Account::new);

        assertThat(after)
                .extracting(one -> one.settings.name())
                .containsExactly("new", "other", "main");
        assertThat(after.getLast()).isSameAs(before.getFirst());
        assertThat(after.get(1)).isNotSameAs(before.getLast());
    }
}
