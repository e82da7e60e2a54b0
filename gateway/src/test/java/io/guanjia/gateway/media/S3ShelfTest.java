package io.guanjia.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.channel.MediaUnavailable;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Against a bucket of our own that knows PUT, GET with a range, and DELETE. */
class S3ShelfTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] BYTES = "一份账单".getBytes(StandardCharsets.UTF_8);

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Map<String, String> hashes = new ConcurrentHashMap<>();
    private final DisposableServer bucket =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::handle).bindNow();
    private final S3Shelf shelf =
            new S3Shelf(
                    new S3Settings(
                            URI.create("http://127.0.0.1:" + bucket.port()),
                            "cn-test",
                            "files",
                            "id",
                            "only-for-tests",
                            "guanjia/",
                            true,
                            Duration.ofSeconds(5)),
                    Clock.systemUTC());

    @TempDir Path folder;

    @AfterEach
    void close() {
        bucket.disposeNow();
    }

    @Test
    void keepsAFileAndGivesBackAnyPartOfIt() {
        var id = UUID.randomUUID();
        try (var upload = upload(BYTES)) {
            shelf.keep(id, upload).block(PATIENCE);

            assertThat(objects).containsKey("/files/guanjia/" + id);
            assertThat(hashes.get("/files/guanjia/" + id))
                    .isEqualTo(S3Signature.hex(upload.sha256OfAll()));
        }
        assertThat(read(id, 0, BYTES.length)).isEqualTo(BYTES);
        assertThat(read(id, 3, 6)).isEqualTo(Arrays.copyOfRange(BYTES, 3, 9));
        assertThat(read(id, 0, 0)).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsUnavailable() {
        assertThatThrownBy(() -> read(UUID.randomUUID(), 0, 1))
                .isInstanceOf(MediaUnavailable.class);
    }

    @Test
    void aBucketThatRefusesKeepsNothing() {
        bucket.disposeNow();
        try (var upload = upload(BYTES)) {
            assertThatThrownBy(() -> shelf.keep(UUID.randomUUID(), upload).block(PATIENCE))
                    .isNotNull();
        }
        assertThat(objects).isEmpty();
    }

    @Test
    void discardsAFile() {
        var id = UUID.randomUUID();
        try (var upload = upload(BYTES)) {
            shelf.keep(id, upload).block(PATIENCE);
        }

        shelf.discard(id).block(PATIENCE);

        assertThat(objects).isEmpty();
    }

    private Upload upload(byte[] bytes) {
        var upload = new Upload(folder.resolve(UUID.randomUUID().toString()), 1000);
        upload.append(DefaultDataBufferFactory.sharedInstance.wrap(bytes.clone()));
        return upload;
    }

    private byte[] read(UUID id, long from, long length) {
        return Objects.requireNonNull(
                DataBufferUtils.join(shelf.read(id, from, length))
                        .map(
                                buffer -> {
                                    var bytes = new byte[buffer.readableByteCount()];
                                    buffer.read(bytes);
                                    DataBufferUtils.release(buffer);
                                    return bytes;
                                })
                        .defaultIfEmpty(new byte[0])
                        .block(PATIENCE));
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        var path = request.uri();
        var headers = request.requestHeaders();
        if (!headers.get("authorization", "").startsWith("AWS4-HMAC-SHA256 Credential=id/")) {
            return response.status(403).send();
        }
        return switch (request.method().name()) {
            case "PUT" ->
                    request.receive()
                            .aggregate()
                            .asByteArray()
                            .doOnNext(bytes -> objects.put(path, bytes))
                            .doOnNext(_ -> hashes.put(path, headers.get("x-amz-content-sha256")))
                            .then(response.status(200).send());
            case "GET" -> {
                var object = objects.get(path);
                if (object == null) {
                    yield response.status(404).send();
                }
                var range = headers.get("range").substring("bytes=".length()).split("-", 2);
                var part =
                        Arrays.copyOfRange(
                                object, Integer.parseInt(range[0]), Integer.parseInt(range[1]) + 1);
                yield response.status(206).send(Mono.just(Unpooled.wrappedBuffer(part)));
            }
            case "DELETE" -> {
                objects.remove(path);
                yield response.status(204).send();
            }
            default -> response.status(405).send();
        };
    }
}
