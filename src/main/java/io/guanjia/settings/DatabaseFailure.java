package io.guanjia.settings;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.exception.sqlExceptions.FlywaySqlUnableToConnectToDbException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import java.sql.SQLException;

/** Says in one sentence why the tables could not be brought up to date. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatabaseFailure extends AbstractFailureAnalyzer<FlywayException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, FlywayException cause) {
        var sql = findCause(cause, SQLException.class);
        if (sql == null) {
            return null;
        }
        var state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.startsWith("28")) {
            return Settings.wrong(
                    cause,
                    "spring.r2dbc.password",
                    "or spring.r2dbc.username is not accepted by PostgreSQL",
                    "what PostgreSQL knows");
        }
        if (state.equals("3D000")) {
            return Settings.wrong(
                    cause,
                    "spring.r2dbc.url",
                    "names a database that does not exist",
                    "the address of a database you have created, such as"
                            + " r2dbc:postgresql://127.0.0.1:5432/guanjia");
        }
        if (cause instanceof FlywaySqlUnableToConnectToDbException || state.startsWith("08")) {
            return Settings.wrong(
                    cause,
                    "spring.r2dbc.url",
                    "points to where no PostgreSQL answers",
                    "the address of a PostgreSQL that is running");
        }
        return null;
    }
}
