package io.guanjia.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedServersTest {

    @Test
    void everyTestClassCanHaveItsOwnDatabase() throws Exception {
        var postgres = EmbeddedServers.shared().postgres();
        postgres.createDatabase("one");
        postgres.createDatabase("other");
        postgres.createDatabase("one");
        try (var connection = postgres.connect("one");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE only_here (id int)");
        }
        try (var connection = postgres.connect("other");
                var tables =
                        connection.getMetaData().getTables(null, "public", "only_here", null)) {
            assertThat(tables.next()).isFalse();
        }
    }

    @Test
    void textIsUnicodeWhateverTheSystemsLocale() throws Exception {
        try (var connection = EmbeddedServers.shared().postgres().connect("guanjia");
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT upper('管家é'), char_length('管家')")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("管家É");
            assertThat(row.getInt(2)).isEqualTo(2);
        }
    }

    @Test
    void theSetIsSharedWithinTheJvm() {
        assertThat(EmbeddedServers.shared()).isSameAs(EmbeddedServers.shared());
    }
}
