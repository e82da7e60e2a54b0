package io.guanjia.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.channel.MediaUnavailable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

class SafeFetchTest {

    private final AtomicInteger canary = new AtomicInteger();
    private final AtomicInteger lookups = new AtomicInteger();
    private ServerSocket trap = listen();
    private DisposableServer platform = serve();
    private Duration patience = Duration.ofSeconds(15);

    @BeforeEach
    void begin() {
        canary.set(0);
    }

    @AfterEach
    void end() throws IOException {
        trap.close();
        platform.disposeNow();
    }

    @Test
    void fetchesFromAHostThatTheSettingsName() {
        assertThat(get(at("/file"), 100)).isEqualTo("文件");
        assertThat(get(at("/moved"), 100)).isEqualTo("文件");
        assertThat(lookups).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/",
                "http://localhost:PORT/",
                "http://localhost.:PORT/",
                "http://2130706433:PORT/",
                "http://017700000001:PORT/",
                "http://0x7f000001:PORT/",
                "http://0x7f.1:PORT/",
                "http://127.1:PORT/",
                "http://0:PORT/",
                "http://0.0.0.0:PORT/",
                "http://127.000.000.001:PORT/",
                "http://[::1]:PORT/",
                "http://[::]:PORT/",
                "http://[::ffff:127.0.0.1]:PORT/",
                "http://[::ffff:7f00:1]:PORT/",
                "http://[64:ff9b::7f00:1]:PORT/",
                "http://[2002:7f00:1::]:PORT/",
                "http://[fe80::1%25lo]:PORT/",
                "http://user@127.0.0.1:PORT/",
                "http://platform.example@127.0.0.1:PORT/",
                "http://inside.example:PORT/",
                "http://both.example:PORT/",
                "https://127.0.0.1:PORT/",
                "ftp://127.0.0.1:PORT/",
                "file:///etc/passwd",
                "jar:http://127.0.0.1:PORT/!/x",
                "gopher://127.0.0.1:PORT/"
            })
    void reachesNothingOfOursWhateverTheAddressLooksLike(String address) {
        refuses(address.replace("PORT", Integer.toString(trap.getLocalPort())));
        // The usual port is no excuse: then the address itself must be what is wrong.
        refuses(address.replace(":PORT", ""));

        assertThat(canary).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "100.64.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.2.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::ffff:10.0.0.1",
                "fd00::1",
                "fe80::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "2002:a00:1::1",
                "3fff::1"
            })
    void knowsWhatIsNotThePublicInternet(String address) throws UnknownHostException {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "101.226.0.1", "2400:3200::1"})
    void knowsThePublicInternet(String address) throws UnknownHostException {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/to-canary", "/to-name", "/to-file", "/round-and-round"})
    void aRedirectLeadsNowhereElse(String path) {
        refuses(at(path).toString());

        assertThat(canary).hasValue(0);
    }

    @Test
    void connectsToTheAddressThatWasCheckedThoughTheNameChangesItsMind() {
        var settings = settings(List.of("rebinding.example:" + platform.port()));
        HostNames rebinding =
                host ->
                        Mono.fromCallable(
                                () ->
                                        List.of(
                                                InetAddress.getByName(
                                                        lookups.getAndIncrement() == 0
                                                                ? "127.0.0.1"
                                                                : "127.0.0.2")));
        var fetch = new SafeFetch(rebinding, settings);

        var uri = URI.create("http://rebinding.example:" + platform.port() + "/file");

        assertThat(text(fetch, uri, 100)).isEqualTo("文件");
        assertThat(lookups).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/endless"})
    void takesNoMoreThanItWasToldTo(String path) {
        assertThatThrownBy(() -> get(at(path), 1000))
                .isInstanceOfSatisfying(
                        MediaRejected.class,
                        e -> assertThat(e.kind()).isEqualTo(MediaRejected.Kind.TOO_LARGE));
    }

    @Test
    void doesNotInflate() {
        refuses(at("/bomb").toString());
    }

    @Test
    void whatAServerCannotDoNowItMayDoLater() {
        assertThatThrownBy(() -> get(at("/busy"), 1000))
                .isInstanceOfSatisfying(
                        MediaUnavailable.class, e -> assertThat(e.lasting()).isFalse());
        assertThatThrownBy(() -> get(at("/no-such-file"), 1000))
                .isInstanceOfSatisfying(
                        MediaUnavailable.class, e -> assertThat(e.lasting()).isTrue());
    }

    @Test
    void aNameThatCannotBeLookedUpNowMayBeLater() {
        var fetch =
                new SafeFetch(
                        host -> Mono.error(new UnknownHostException(host)), settings(List.of()));

        assertThatThrownBy(() -> text(fetch, URI.create("http://cdn.example/film"), 1000))
                .hasRootCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void doesNotWaitForEver() {
        patience = Duration.ofMillis(500);

        assertThatThrownBy(() -> get(at("/silent"), 100)).isNotNull();
    }

    private void refuses(String address) {
        assertThatThrownBy(() -> get(URI.create(address), 1000))
                .isInstanceOf(FetchRefused.class)
                .message()
                .doesNotContain("127");
    }

    private String get(URI uri, long limit) {
        return text(
                new SafeFetch(this::resolve, settings(List.of("127.0.0.1:" + platform.port()))),
                uri,
                limit);
    }

    private static String text(SafeFetch fetch, URI uri, long limit) {
        return Objects.requireNonNull(
                fetch.fetch(
                                uri,
                                limit,
                                download ->
                                        DataBufferUtils.join(download.bytes())
                                                .map(
                                                        bytes -> {
                                                            var text =
                                                                    bytes.toString(
                                                                            StandardCharsets.UTF_8);
                                                            DataBufferUtils.release(bytes);
                                                            return text;
                                                        }))
                        .block(Duration.ofSeconds(20)));
    }

    /** A name server that somebody outside controls. */
    private Mono<List<InetAddress>> resolve(String host) {
        return Mono.fromCallable(
                () -> {
                    lookups.incrementAndGet();
                    return switch (host) {
                        case "both.example" ->
                                List.of(
                                        InetAddress.getByName("203.0.114.1"),
                                        InetAddress.getByName("127.0.0.1"));
                        default -> List.of(InetAddress.getByName("127.0.0.1"));
                    };
                });
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + platform.port() + path);
    }

    private MediaSettings settings(List<String> allowed) {
        return new MediaSettings(
                Path.of("unused"),
                DataSize.ofMegabytes(1),
                Set.of(),
                allowed,
                null,
                null,
                Duration.ofHours(72),
                null,
                Duration.ofMillis(500),
                patience);
    }

    private ServerSocket listen() {
        try {
            var socket = new ServerSocket(0, 50, InetAddress.getByName("0.0.0.0"));
            Thread.ofVirtual()
                    .start(
                            () -> {
                                while (!socket.isClosed()) {
                                    try (var visitor = socket.accept()) {
                                        canary.incrementAndGet();
                                    } catch (IOException closed) {
                                        return;
                                    }
                                }
                            });
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DisposableServer serve() {
        var redirects =
                Map.of(
                        "/moved", "/file",
                        "/to-canary", "http://127.0.0.1:" + trap.getLocalPort() + "/",
                        "/to-name", "http://inside.example/",
                        "/to-file", "file:///etc/passwd",
                        "/round-and-round", "/round-and-round");
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(
                        routes -> {
                            redirects.forEach(
                                    (from, to) ->
                                            routes.get(
                                                    from,
                                                    (request, response) ->
                                                            response.sendRedirect(to)));
                            routes.get("/file", (in, out) -> out.sendString(Mono.just("文件")))
                                    .get(
                                            "/large",
                                            (in, out) ->
                                                    out.sendString(Mono.just("x".repeat(2000))))
                                    .get(
                                            "/endless",
                                            (in, out) ->
                                                    out.sendString(
                                                            Flux.just("x".repeat(100)).repeat()))
                                    .get(
                                            "/bomb",
                                            (in, out) ->
                                                    out.header("Content-Encoding", "gzip")
                                                            .sendString(Mono.just("x")))
                                    .get("/busy", (in, out) -> out.status(503).send())
                                    .get("/silent", (in, out) -> Mono.never());
                        })
                .bindNow();
    }
}
