package io.guanjia.adapters.wecom.contact;

import io.guanjia.contract.MigratedDatabase;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** A database with all tables, for all tests; each uses an account of its own. */
final class TaskDatabase {

    static final TaskDatabase SHARED = new TaskDatabase();

    final DatabaseClient client;
    final TransactionalOperator transactions;

    private TaskDatabase() {
        var connections = MigratedDatabase.create("send_tasks", 6);
        client = DatabaseClient.create(connections);
        transactions = TransactionalOperator.create(new R2dbcTransactionManager(connections));
    }
}
