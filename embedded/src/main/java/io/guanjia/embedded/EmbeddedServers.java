package io.guanjia.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/**
 * PostgreSQL, Redis and Kafka on one data folder.
 *
 * <pre>{@code
 * try (var servers = EmbeddedServers.start(folder, Progress.SILENT)) {
 *     application.run(servers.springProperties());
 *     servers.redis().kill();
 * }
 * }</pre>
 *
 * <p>Tests that only need servers take {@link #shared()}. When this JVM is killed, the servers are
 * stopped soon after, at the latest by the next start on the same folder.
 */
public final class EmbeddedServers implements AutoCloseable {

    /** The database that {@link #springProperties()} names. */
    public static final String DATABASE = "guanjia";

    private final DataFolder folder;
    private final boolean temporary;
    private final Postgres postgres;
    private final Redis redis;
    private final Kafka kafka;

    private EmbeddedServers(EmbeddedSettings settings, DataFolder folder) {
        this.folder = folder;
        this.temporary = settings.temporary();
        var ports = Ports.of(folder);
        var binaries = new Binaries(settings.binaries());
        postgres = new Postgres(folder, ports, binaries, settings.durability());
        redis = new Redis(folder, ports, binaries);
        kafka = new Kafka(folder, ports, settings);
    }

    /** {@link #open} and {@link #startAll}, with the settings of {@link EmbeddedSettings#in}. */
    public static EmbeddedServers start(Path dataFolder, Progress progress) {
        return start(EmbeddedSettings.in(dataFolder), progress);
    }

    /** {@link #open} and {@link #startAll}. Leaves nothing running when it fails. */
    public static EmbeddedServers start(EmbeddedSettings settings, Progress progress) {
        var servers = open(settings, progress);
        try {
            servers.startAll(progress);
            return servers;
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /**
     * Takes the data folder for this JVM and ends what an earlier run left behind, but starts
     * nothing yet. Fails with an {@link EmbeddedException}.
     */
    public static EmbeddedServers open(EmbeddedSettings settings, Progress progress) {
        var folder = DataFolder.open(settings.dataFolder());
        try {
            Leftovers.end(folder.processes(), progress);
            return new EmbeddedServers(settings, folder);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** The set that all tests of this JVM share; its data is gone when the JVM ends. */
    public static EmbeddedServers shared() {
        return SharedServers.get();
    }

    /**
     * Starts all three at once and creates the database. Fails with the first one's {@link
     * EmbeddedException}; what did start then still runs, until {@link #close}.
     */
    public void startAll(Progress progress) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts =
                    all().stream()
                            .map(
                                    server ->
                                            CompletableFuture.runAsync(
                                                    () -> start(server, progress), threads))
                            .toArray(CompletableFuture<?>[]::new);
            try {
                CompletableFuture.allOf(starts).join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof EmbeddedException known ? known : e;
            }
        }
    }

    private void start(Server server, Progress progress) {
        var begin = System.nanoTime();
        server.start();
        if (server == postgres) {
            postgres.createDatabase(DATABASE);
        }
        var took = Duration.ofNanos(System.nanoTime() - begin);
        synchronized (this) {
            progress.ready(server, took);
        }
    }

    public Postgres postgres() {
        return postgres;
    }

    public Redis redis() {
        return redis;
    }

    public Kafka kafka() {
        return kafka;
    }

    /** All three. */
    public List<Server> all() {
        return List.of(postgres, redis, kafka);
    }

    /** Spring Boot's settings for the three servers and the database {@link #DATABASE}. */
    public Map<String, String> springProperties() {
        return springProperties(DATABASE);
    }

    /** Spring Boot's settings, with a database that the caller has created. */
    public Map<String, String> springProperties(String database) {
        var properties = new LinkedHashMap<String, String>();
        properties.put("spring.r2dbc.url", "r2dbc:" + postgres.url(database));
        properties.put("spring.r2dbc.username", Postgres.USER);
        properties.put("spring.r2dbc.password", postgres.password());
        properties.put("spring.flyway.url", "jdbc:" + postgres.url(database));
        properties.put("spring.flyway.user", Postgres.USER);
        properties.put("spring.flyway.password", postgres.password());
        properties.put("spring.data.redis.host", Server.HOST);
        properties.put("spring.data.redis.port", Integer.toString(redis.port()));
        properties.put("spring.data.redis.password", redis.password());
        properties.put("spring.kafka.bootstrap-servers", kafka.address());
        return properties;
    }

    /** Stops all three in order, also while they start, and gives the data folder free. */
    @Override
    public void close() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all().forEach(server -> threads.execute(server::close));
        }
        folder.close();
        if (temporary) {
            Binaries.delete(folder.root());
        }
    }
}
