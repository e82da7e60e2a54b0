package io.guanjia.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

class EmbeddedServersTest {

    @TempDir Path folder;

    private EmbeddedSettings settings;
    private EmbeddedServers servers;

    @BeforeEach
    void start() {
        settings = EmbeddedSettings.in(folder).withBinaries(SharedServers.binaries());
        servers = EmbeddedServers.start(settings, Progress.SILENT);
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void keepsWhatEachServerAcknowledgedBeforeItWasKilled() throws Exception {
        var contents = new Contents(servers);
        contents.write("before");
        // Redis promises only what is a second old: this asks it to have everything on disk.
        await().until(() -> contents.redis("INFO persistence").contains("aof_pending_bio_fsync:0"));
        var ports = servers.springProperties();

        servers.all().forEach(Server::kill);
        assertThat(servers.all()).noneMatch(Server::running);
        servers.all().forEach(Server::start);

        assertThat(servers.springProperties()).isEqualTo(ports);
        contents.write("after");
        assertThat(contents.inPostgres()).containsExactly("before", "after");
        assertThat(contents.inRedis()).containsExactly("before", "after");
        assertThat(contents.inKafka()).containsExactly("before", "after");
    }

    @Test
    void keepsDataAndPortsForTheNextRun() throws Exception {
        new Contents(servers).write("first run");
        var before = servers.springProperties();
        servers.close();

        servers = EmbeddedServers.start(settings, Progress.SILENT);

        assertThat(servers.springProperties()).isEqualTo(before);
        var contents = new Contents(servers);
        assertThat(contents.inPostgres()).containsExactly("first run");
        assertThat(contents.inKafka()).containsExactly("first run");
    }

    @Test
    void aPausedServerKeepsConnectionsAndAnswersOnceResumed() throws Exception {
        var contents = new Contents(servers);
        servers.redis().pause();
        assertThatThrownBy(() -> contents.redis("PING")).isInstanceOf(IOException.class);
        servers.redis().resume();
        assertThat(contents.redis("PING")).isEqualTo("+PONG\r\n");

        servers.postgres().pause();
        servers.postgres().stop();
        assertThat(servers.postgres().running()).isFalse();
    }

    @Test
    void refusesASecondInstanceAndNamesTheFirst() {
        assertThatThrownBy(() -> EmbeddedServers.open(settings, Progress.SILENT))
                .asInstanceOf(type(EmbeddedException.FolderInUse.class))
                .extracting(EmbeddedException.FolderInUse::owner)
                .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }

    @Test
    void tellsWhenAServerDiesUnasked() throws Exception {
        var death = servers.redis().death();
        var record =
                Recorded.all(folder.resolve("processes")).stream()
                        .filter(process -> process.server().equals("redis"))
                        .findFirst()
                        .orElseThrow();
        record.process().orElseThrow().destroyForcibly();

        assertThat(death.get(10, TimeUnit.SECONDS)).isEqualTo(137);
        assertThat(servers.redis().running()).isFalse();
    }

    @Test
    void namesThePortThatSomebodyElseTook() throws IOException {
        servers.redis().stop();
        try (var other = new ServerSocket()) {
            other.bind(new InetSocketAddress(Server.HOST, servers.redis().port()));
            assertThatThrownBy(() -> servers.redis().start())
                    .isInstanceOf(EmbeddedException.PortTaken.class)
                    .hasMessageContaining(Integer.toString(other.getLocalPort()));
        }
    }

    @Test
    void namesTheFolderToMoveAwayWhenDataIsDamaged() throws IOException {
        servers.close();
        Files.write(folder.resolve("postgresql/global/pg_control"), new byte[100]);

        assertThatThrownBy(() -> EmbeddedServers.start(settings, Progress.SILENT))
                .asInstanceOf(type(EmbeddedException.DataDamaged.class))
                .extracting(EmbeddedException.DataDamaged::folder)
                .isEqualTo(folder.resolve("postgresql"));
        assertThat(Recorded.all(folder.resolve("processes"))).isEmpty();
    }

    @Test
    void listensOnLoopbackOnly() {
        assertThat(servers.all())
                .allSatisfy(
                        server ->
                                assertThat(server.address())
                                        .isEqualTo("127.0.0.1:" + server.port()));
        assertThatThrownBy(() -> new Socket(ownAddress(), servers.kafka().port()).close())
                .isInstanceOf(IOException.class);
    }

    private static String ownAddress() throws IOException {
        var own =
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .filter(address -> !address.isLoopbackAddress())
                        .filter(Inet4Address.class::isInstance)
                        .findFirst();
        assumeTrue(own.isPresent());
        return own.orElseThrow().getHostAddress();
    }
}
