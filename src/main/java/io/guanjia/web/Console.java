package io.guanjia.web;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.DigestUtils;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * The console's files, as its build left them under {@code static} on the class path. They are a
 * few megabytes and never change while we run, so they are read and packed once at the start, and
 * serving one touches no disk.
 */
final class Console {

    private static final String ROOT = "static/";
    private static final String PAGE = "/index.html";

    /** Not ours to answer with a page, however they look. */
    private static final List<String> MACHINES =
            List.of("/api/", "/callbacks/", "/actuator/", "/v3/", "/assets/");

    /**
     * The worker that decodes voice notes in Silk, whose glue evaluates strings. It has no page,
     * and nothing but the bytes it is given; everything else keeps the policy of all our answers.
     */
    private static final String EVALUATES = "/assets/silk-worker-";

    private static final String MAY_EVALUATE =
            "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'self'";

    /** Smaller ones are not worth packing. */
    private static final int WORTH_PACKING = 1024;

    private final Map<String, File> files;

    private Console(Map<String, File> files) {
        this.files = files;
    }

    /**
     * One file.
     *
     * @param packed with gzip, null where that gains nothing
     */
    private record File(MediaType type, byte[] bytes, byte @Nullable [] packed, String tag) {}

    static Console load() {
        var files = new HashMap<String, File>();
        try {
            var found =
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:/" + ROOT + "**");
            for (var resource : found) {
                if (resource.isReadable() && resource.getFilename() != null) {
                    files.put(path(resource), read(resource));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the console's files cannot be read", e);
        }
        return new Console(Map.copyOf(files));
    }

    /**
     * Whether there is something at this path: a file, or a page of the console, whose paths all
     * lead to the same file.
     */
    boolean has(String path) {
        return find(path).isPresent();
    }

    private Optional<File> find(String path) {
        var exact = files.get(path);
        if (exact != null) {
            return Optional.of(exact);
        }
        var isPage =
                MACHINES.stream().noneMatch(path::startsWith)
                        && path.indexOf('.', path.lastIndexOf('/') + 1) < 0;
        return isPage ? Optional.ofNullable(files.get(PAGE)) : Optional.empty();
    }

    Mono<Void> serve(ServerWebExchange exchange, String path) {
        var file = find(path).orElseThrow();
        var request = exchange.getRequest();
        var response = exchange.getResponse();
        var headers = response.getHeaders();
        headers.setETag(file.tag());
        headers.setCacheControl(
                path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
        headers.setContentType(file.type());
        if (path.startsWith(EVALUATES)) {
            headers.set("Content-Security-Policy", MAY_EVALUATE);
        }
        headers.setVary(List.of(HttpHeaders.ACCEPT_ENCODING));
        if (exchange.checkNotModified(file.tag())) {
            return response.setComplete();
        }
        response.setStatusCode(HttpStatus.OK);
        var bytes = file.bytes();
        if (file.packed() != null && takesGzip(request.getHeaders())) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
            bytes = file.packed();
        }
        headers.setContentLength(bytes.length);
        return HttpMethod.HEAD.equals(request.getMethod())
                ? response.setComplete()
                : response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
    }

    private static boolean takesGzip(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.ACCEPT_ENCODING).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .anyMatch(value -> value.equals("gzip") || value.startsWith("gzip;q=1"));
    }

    private static File read(Resource resource) throws IOException {
        var bytes = resource.getContentAsByteArray();
        var type =
                MediaTypeFactory.getMediaType(resource).orElse(MediaType.APPLICATION_OCTET_STREAM);
        var text =
                type.getType().equals("text") || type.toString().matches(".*(script|json|xml).*");
        var packed = text && bytes.length >= WORTH_PACKING ? pack(bytes) : null;
        return new File(
                text && type.getCharset() == null
                        ? new MediaType(type, java.nio.charset.StandardCharsets.UTF_8)
                        : type,
                bytes,
                packed,
                "\"" + DigestUtils.md5DigestAsHex(bytes) + "\"");
    }

    private static byte[] pack(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream(bytes.length / 2);
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static String path(Resource resource) throws IOException {
        var address = resource.getURI().toString();
        return address.substring(address.lastIndexOf("/" + ROOT) + ROOT.length());
    }
}
