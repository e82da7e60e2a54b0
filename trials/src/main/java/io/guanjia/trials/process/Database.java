package io.guanjia.trials.process;

import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.embedded.Postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks at what the gateway keeps, by a way of its own. */
public final class Database {

    private final Postgres postgres;

    public Database(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Reads one row. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** All rows of a query. */
    public <T> List<T> query(String sql, RowReader<T> reader) {
        try (var connection = postgres.connect(EmbeddedServers.DATABASE);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look: " + e.getMessage(), e);
        }
    }

    /** The one number that a query yields. */
    public long number(String sql) {
        return query(sql, row -> row.getLong(1)).getFirst();
    }

    /** Changes something behind the gateway's back. */
    public void execute(String sql) {
        try (var connection = postgres.connect(EmbeddedServers.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot change: " + e.getMessage(), e);
        }
    }
}
