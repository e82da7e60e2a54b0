package io.guanjia.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/** PostgreSQL 17. */
public final class Postgres extends Server {

    /** Owns everything. */
    public static final String USER = "guanjia";

    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final String NO_SUCH_DATABASE = "3D000";

    private final Binaries binaries;
    private final Durability durability;

    Postgres(DataFolder folder, Ports ports, Binaries binaries, Durability durability) {
        super("PostgreSQL", folder, ports);
        this.binaries = binaries;
        this.durability = durability;
    }

    public String password() {
        return folder.password();
    }

    /**
     * Such as {@code postgresql://127.0.0.1:17654/orders}, to follow {@code jdbc:} or {@code
     * r2dbc:}.
     */
    public String url(String database) {
        return "postgresql://%s/%s".formatted(address(), database);
    }

    /** Creates an empty database, or does nothing when there is one of that name. */
    public void createDatabase(String name) {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A database is named with small letters, digits and _, not '" + name + "'");
        }
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            var query = "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(name);
            try (var found = statement.executeQuery(query)) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create the database " + name, e);
        }
    }

    /** A connection of the caller's own, to be closed by it. */
    public Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password());
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection("jdbc:" + url(database), properties);
    }

    @Override
    void prepare() throws IOException {
        if (Files.exists(data().resolve("PG_VERSION"))) {
            return;
        }
        if (Files.exists(data())) {
            throw new EmbeddedException.DataDamaged(name(), data(), log(), "PG_VERSION is missing");
        }
        // Whole or not at all: a run killed here must not leave half a database.
        var unfinished = data().resolveSibling("postgresql.new");
        Binaries.delete(unfinished);
        var secret = folder.root().resolve("password.new");
        DataFolder.writePrivately(secret, password());
        var logStart = Files.exists(log()) ? Files.size(log()) : 0;
        try {
            if (run(initdb(unfinished, secret)) != 0) {
                throw Diagnosis.of(this, logStart);
            }
            Files.move(unfinished, data());
        } finally {
            Files.delete(secret);
        }
    }

    private List<String> initdb(Path target, Path secret) {
        var mac = System.getProperty("os.name", "").startsWith("Mac");
        var command = new ArrayList<>(unprivileged());
        command.addAll(
                List.of(
                        program("initdb"),
                        "--pgdata=" + target,
                        "--username=" + USER,
                        "--pwfile=" + secret,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        // The same order of words everywhere, whatever the system knows.
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        mac ? "--locale=C" : "--locale=C.UTF-8",
                        "--data-checksums"));
        if (durability == Durability.PROCESS_DEATH) {
            command.add("--no-sync");
        }
        return command;
    }

    private int run(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        var running = builder.start();
        try {
            return running.waitFor();
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EmbeddedException.Closed(name());
        }
    }

    @Override
    List<String> command() {
        var safe = durability == Durability.PROCESS_DEATH ? "off" : "on";
        var command = new ArrayList<>(unprivileged());
        command.addAll(List.of(program("postgres"), "-D", data().toString()));
        var settings =
                List.of(
                        "listen_addresses=" + HOST,
                        "port=" + port(),
                        "unix_socket_directories=",
                        "max_connections=200",
                        "fsync=" + safe,
                        "full_page_writes=" + safe,
                        "synchronous_commit=on",
                        "max_wal_size=256MB",
                        "timezone=UTC",
                        "log_timezone=UTC");
        for (var setting : settings) {
            command.add("-c");
            command.add(setting);
        }
        return command;
    }

    private String program(String name) {
        return binaries.postgres().resolve("bin").resolve(name).toString();
    }

    /** PostgreSQL refuses to run as root; inside a user namespace it does not know that it does. */
    private static List<String> unprivileged() {
        return "root".equals(System.getProperty("user.name")) && Detached.onPath("unshare")
                ? List.of("unshare", "-U")
                : List.of();
    }

    @Override
    boolean ready(Process started) {
        DriverManager.setLoginTimeout(5);
        try (var connection = connect("postgres")) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return NO_SUCH_DATABASE.equals(e.getSQLState());
        }
    }

    /** The "fast" shutdown, which does not wait for clients. */
    @Override
    String stopSignal() {
        return "INT";
    }
}
