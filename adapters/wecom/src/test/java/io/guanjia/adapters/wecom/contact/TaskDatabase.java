package io.guanjia.adapters.wecom.contact;

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

/** A database with all tables, for all tests; each uses an account of its own. */
final class TaskDatabase {

    static final TaskDatabase SHARED = new TaskDatabase();

    final DatabaseClient client;
    final TransactionalOperator transactions;

    private TaskDatabase() {
        var postgres = EmbeddedServers.shared().postgres();
        var name = "send_tasks_" + ProcessHandle.current().pid();
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
                                .maxSize(6)
                                .build());
        client = DatabaseClient.create(pool);
        transactions = TransactionalOperator.create(new R2dbcTransactionManager(pool));
    }
}
