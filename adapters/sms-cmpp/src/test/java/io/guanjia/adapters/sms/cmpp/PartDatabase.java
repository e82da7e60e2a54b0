package io.guanjia.adapters.sms.cmpp;

import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.embedded.Postgres;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcTransientResourceException;

import org.flywaydb.core.Flyway;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Clock;
import java.util.Objects;

/** A database with all tables, for all tests of a JVM, which begin with it {@link #empty}. */
final class PartDatabase {

    static final PartDatabase SHARED = new PartDatabase();

    final DatabaseClient client;
    final TransactionalOperator transactions;
    private volatile boolean down;

    private PartDatabase() {
        var postgres = EmbeddedServers.shared().postgres();
        var name = "sms_parts_" + ProcessHandle.current().pid();
        postgres.createDatabase(name);
        var url = URI.create(postgres.url(name));
        Flyway.configure()
                .dataSource("jdbc:" + url, Postgres.USER, postgres.password())
                .load()
                .migrate();
        var pool =
                new ConnectionPool(
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
                                .maxSize(10)
                                .build());
        var connections = new Breakable(pool);
        client = DatabaseClient.create(connections);
        transactions = TransactionalOperator.create(new R2dbcTransactionManager(connections));
    }

    ArrivedParts parts(Clock clock) {
        return new ArrivedParts(client, transactions, clock);
    }

    PartDatabase empty() {
        up();
        client.sql("truncate cmpp_long_message cascade").then().block(Bank.PATIENCE);
        return this;
    }

    /** Parts of which that holds. */
    long count(String condition) {
        return Objects.requireNonNull(
                client.sql(
                                "select count(*) as n from cmpp_long_message m"
                                        + " join cmpp_part p on p.message = m.id where "
                                        + condition)
                        .map(row -> Objects.requireNonNull(row.get("n", Long.class)))
                        .one()
                        .block(Bank.PATIENCE));
    }

    /** Gives no connection until it is up again. */
    void down() {
        down = true;
    }

    void up() {
        down = false;
    }

    private final class Breakable implements ConnectionFactory {
        private final ConnectionFactory connections;

        Breakable(ConnectionFactory connections) {
            this.connections = connections;
        }

        @Override
        public Mono<? extends Connection> create() {
            return Mono.defer(
                    () ->
                            down
                                    ? Mono.error(new R2dbcTransientResourceException("down"))
                                    : Mono.from(connections.create()));
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return connections.getMetadata();
        }
    }
}
