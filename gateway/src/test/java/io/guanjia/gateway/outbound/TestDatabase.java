package io.guanjia.gateway.outbound;

import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.embedded.Postgres;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;

import org.flywaydb.core.Flyway;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** An empty database of one test's own, with all tables. */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final ConnectionPool pool;
    public final DatabaseClient client;
    public final TransactionalOperator transaction;

    public TestDatabase() {
        var postgres = EmbeddedServers.shared().postgres();
        var name = copyOfTemplate(postgres);
        var url = URI.create(postgres.url(name));
        pool =
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
                                .maxSize(12)
                                .maxAcquireTime(Duration.ofSeconds(20))
                                .build());
        client = DatabaseClient.create(pool);
        transaction = TransactionalOperator.create(new R2dbcTransactionManager(pool));
    }

    private static synchronized String copyOfTemplate(Postgres postgres) {
        var template = "way_out_" + ProcessHandle.current().pid();
        if (COUNT.get() == 0) {
            postgres.createDatabase(template);
            Flyway.configure()
                    .dataSource(
                            "jdbc:" + postgres.url(template), Postgres.USER, postgres.password())
                    .load()
                    .migrate();
        }
        var name = template + "_" + COUNT.incrementAndGet();
        try (var connection = postgres.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
