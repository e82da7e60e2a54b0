package io.guanjia.gateway.media;

import io.guanjia.gateway.channel.MediaUnavailable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

import java.time.Clock;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A bucket that speaks S3. A file is on this node's disk until it is whole, because its length and
 * hash have to be known before the first byte goes out; from there on it is streamed.
 */
final class S3Shelf implements Shelf {

    /** The hash of nothing, which is what requests without a body carry. */
    private static final String EMPTY =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final NettyDataBufferFactory BUFFERS =
            new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);

    private final S3Settings settings;
    private final S3Signature signature;
    private final HttpClient client;
    private final Clock clock;

    S3Shelf(S3Settings settings, Clock clock) {
        this.settings = settings;
        this.signature =
                new S3Signature(
                        settings.accessKeyId(), settings.secretAccessKey(), settings.region());
        this.client = HttpClient.create().responseTimeout(settings.timeout());
        this.clock = clock;
    }

    @Override
    public Mono<Void> keep(UUID id, Upload upload) {
        return Mono.defer(
                () -> {
                    var headers = headers();
                    headers.put("content-length", Long.toString(upload.size()));
                    var sha256 = S3Signature.hex(upload.sha256OfAll());
                    return signed("PUT", id, headers, sha256)
                            .put()
                            .uri(address(id))
                            .send(upload.whole())
                            .response()
                            .timeout(settings.timeout())
                            .flatMap(S3Shelf::success);
                });
    }

    @Override
    public Flux<DataBuffer> read(UUID id, long from, long length) {
        if (length == 0) {
            return Flux.empty();
        }
        return Flux.defer(
                () -> {
                    var headers = headers();
                    headers.put("range", "bytes=" + from + "-" + (from + length - 1));
                    return signed("GET", id, headers, EMPTY)
                            .get()
                            .uri(address(id))
                            .response(
                                    (response, body) ->
                                            body.map(ByteBuf::retain)
                                                    .<DataBuffer>map(BUFFERS::wrap)
                                                    .as(bytes -> checked(response, bytes)));
                });
    }

    @Override
    public Mono<Void> discard(UUID id) {
        return Mono.defer(
                        () ->
                                signed("DELETE", id, headers(), EMPTY)
                                        .delete()
                                        .uri(address(id))
                                        .response()
                                        .timeout(settings.timeout()))
                .then()
                .onErrorComplete();
    }

    private static Flux<DataBuffer> checked(HttpClientResponse response, Flux<DataBuffer> bytes) {
        return switch (response.status().code()) {
            case 200, 206 -> bytes;
            case 404 -> Flux.error(MediaFolder.gone());
            default -> Flux.error(failed(response));
        };
    }

    private static Mono<Void> success(HttpClientResponse response) {
        return response.status().code() / 100 == 2 ? Mono.empty() : Mono.error(failed(response));
    }

    private static MediaUnavailable failed(HttpClientResponse response) {
        return new MediaUnavailable("the bucket says: HTTP " + response.status().code(), false);
    }

    private HttpClient signed(
            String method, UUID id, SortedMap<String, String> headers, String sha256) {
        var all = signature.sign(method, path(id), headers, sha256, clock.instant());
        return client.headers(given -> all.forEach(given::set));
    }

    private SortedMap<String, String> headers() {
        var headers = new TreeMap<String, String>();
        headers.put("host", host());
        return headers;
    }

    private String host() {
        var endpoint = settings.endpoint();
        var host = settings.pathStyle() ? "" : settings.bucket() + ".";
        return host + endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    }

    private String path(UUID id) {
        return (settings.pathStyle() ? "/" + settings.bucket() : "") + "/" + settings.prefix() + id;
    }

    private String address(UUID id) {
        return settings.endpoint().getScheme() + "://" + host() + path(id);
    }
}
