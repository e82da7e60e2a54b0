package io.guanjia.adapters.sms.cmpp;

import io.guanjia.contract.MigratedDatabase;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcTransientResourceException;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.util.Objects;

/** A database with all tables, for all tests of a JVM, which begin with it {@link #empty}. */
final class PartDatabase {

    static final PartDatabase SHARED = new PartDatabase();

    final DatabaseClient client;
    final TransactionalOperator transactions;
    private volatile boolean down;

    private PartDatabase() {
        var connections = new Breakable(MigratedDatabase.create("sms_parts", 10));
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
