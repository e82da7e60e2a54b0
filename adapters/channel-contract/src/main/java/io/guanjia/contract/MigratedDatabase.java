package io.guanjia.contract;

import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.embedded.Postgres;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;

import org.flywaydb.core.Flyway;

import java.net.URI;

/**
 * A database with all tables, in the PostgreSQL that tests share. For channels that keep something,
 * whose tests bring the embedded servers and Flyway themselves.
 */
public final class MigratedDatabase {

    private MigratedDatabase() {}

    /**
     * Makes a new one for this JVM.
     *
     * @param purpose begins its name, which no other of this JVM's may begin with
     * @param connections at most; none is made before it is asked for
     */
    public static ConnectionFactory create(String purpose, int connections) {
        var postgres = EmbeddedServers.shared().postgres();
        var name = purpose + "_" + ProcessHandle.current().pid();
        postgres.createDatabase(name);
        var url = URI.create(postgres.url(name));
        Flyway.configure()
                .dataSource("jdbc:" + url, Postgres.USER, postgres.password())
                .load()
                .migrate();
        return new ConnectionPool(
                ConnectionPoolConfiguration.builder(
                                new PostgresqlConnectionFactory(
                                        PostgresqlConnectionConfiguration.builder()
                                                .host(url.getHost())
                                                .port(url.getPort())
                                                .database(name)
                                                .username(Postgres.USER)
                                                .password(postgres.password())
                                                .build()))
                        .initialSize(0)
                        .maxSize(connections)
                        .build());
    }
}
