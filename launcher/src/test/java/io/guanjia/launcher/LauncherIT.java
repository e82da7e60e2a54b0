package io.guanjia.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What {@code mvn} runs, run as it runs it: started, killed, started again, and in trouble. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LauncherIT {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(40);

    @TempDir static Path folder;

    private final List<Started> started = new ArrayList<>();

    @AfterEach
    void nothingIsLeftBehind() {
        started.forEach(one -> one.process.destroyForcibly());
        await().atMost(STOP).untilAsserted(() -> assertThat(processesOf(data())).isEmpty());
    }

    /** One life after another on the same data, because every start takes its time. */
    @Test
    @Order(1)
    void startsAgainAfterItWasKilledRefusesASecondInstanceAndStopsWhenAsked() throws Exception {
        var killed = start(data());
        killed.awaitBanner();
        assertThat(killed.page(killed.gatewayPort)).isEqualTo(200);
        assertThat(killed.page(killed.sandboxPort)).isEqualTo(200);
        killed.process.destroyForcibly().waitFor();

        var guanjia = start(data());
        guanjia.awaitBanner();
        var second = start(data());

        assertThat(second.awaitEnd()).isEqualTo(1);
        assertThat(second.said()).contains(data().toString(), Long.toString(guanjia.process.pid()));
        assertThat(guanjia.page(guanjia.gatewayPort)).isEqualTo(200);

        guanjia.process.destroy();
        assertThat(guanjia.process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(guanjia.process.exitValue()).isZero();
        assertThat(processesOf(data())).isEmpty();
    }

    @Test
    @Order(2)
    void namesAPortThatIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            var withoutGateway = start(data(), port, freePort(), freePort());

            assertThat(withoutGateway.awaitEnd()).isEqualTo(1);
            assertThat(withoutGateway.said()).contains(Integer.toString(port), "-Dserver.port");

            var withoutCarrier = start(data(), freePort(), freePort(), port);

            assertThat(withoutCarrier.awaitEnd()).isEqualTo(1);
            assertThat(withoutCarrier.said())
                    .contains(Integer.toString(port), "-Dguanjia.launcher.cmpp-port")
                    .doesNotContain("PostgreSQL");
        }
    }

    @Test
    @Order(3)
    void namesADamagedDataFolder() throws Exception {
        Files.write(data().resolve("postgresql/global/pg_control"), new byte[8192]);
        var guanjia = start(data());

        assertThat(guanjia.awaitEnd()).isEqualTo(1);
        assertThat(guanjia.said()).contains("PostgreSQL", data().toString());
    }

    private static Path data() {
        return folder.resolve("data");
    }

    private Started start(Path data) throws IOException {
        return start(data, freePort(), freePort(), freePort());
    }

    private Started start(Path data, int gatewayPort, int sandboxPort, int carrierPort)
            throws IOException {
        var output = Files.createTempFile(folder, "launcher", ".log");
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-Xmx768m",
                        "-Dfile.encoding=UTF-8",
                        "-Dstdout.encoding=UTF-8",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-Dguanjia.launcher.data=" + data,
                        "-Dguanjia.launcher.sandbox-port=" + sandboxPort,
                        "-Dguanjia.launcher.cmpp-port=" + carrierPort,
                        "-Dserver.port=" + gatewayPort,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName());
        var process =
                new ProcessBuilder(command)
                        .directory(Path.of(System.getProperty("guanjia.root")).toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        var one = new Started(process, output, gatewayPort, sandboxPort);
        started.add(one);
        return one;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Every process that was started for this data folder, and their children of it. */
    private static List<String> processesOf(Path data) {
        return ProcessHandle.allProcesses()
                .map(process -> Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                .map(LauncherIT::read)
                .filter(command -> command.contains(data.toString()))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replace('\0', ' ');
        } catch (IOException e) {
            // It has ended since.
            return "";
        }
    }

    private record Started(Process process, Path output, int gatewayPort, int sandboxPort) {

        void awaitBanner() {
            await().atMost(START)
                    .untilAsserted(
                            () -> {
                                assertThat(said()).contains("http://127.0.0.1:" + gatewayPort);
                                assertThat(said()).contains("xiaoli-demo");
                            });
        }

        int awaitEnd() throws InterruptedException {
            assertThat(process.waitFor(START.toSeconds(), TimeUnit.SECONDS)).as(said()).isTrue();
            return process.exitValue();
        }

        String said() {
            return read(output);
        }

        int page(int port) throws Exception {
            try (var client = HttpClient.newHttpClient()) {
                return client.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            }
        }
    }
}
