package io.guanjia.adapters.app;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * The widget, the description of the interface and, where the settings say so, a page to try them
 * on. Read and packed once at the start; anybody may have them, from any page.
 */
final class PublicFiles {

    /** How long a browser asks nobody. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final MediaType SCRIPT =
            new MediaType("text", "javascript", StandardCharsets.UTF_8);
    private static final MediaType PAGE = new MediaType("text", "html", StandardCharsets.UTF_8);
    private static final MediaType YAML =
            new MediaType("application", "yaml", StandardCharsets.UTF_8);

    /** As strict as a bank's: the widget must do without anything inline. */
    private static final String DEMO_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                    + " media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final Map<String, File> files;

    private record File(MediaType type, byte[] bytes, byte[] packed, String tag) {}

    private PublicFiles(Map<String, File> files) {
        this.files = files;
    }

    /**
     * @param demo the account that the page is for, null for no page
     */
    static PublicFiles load(@Nullable String demo) {
        var files = new HashMap<String, File>();
        files.put("/widget.js", file("widget.js", SCRIPT));
        files.put("/app/v1/openapi.yaml", file("openapi.yaml", YAML));
        if (demo != null) {
            var page = new String(bytes("demo.html"), StandardCharsets.UTF_8);
            files.put(
                    "/widget-demo",
                    file(page.replace("{account}", demo).getBytes(StandardCharsets.UTF_8), PAGE));
            files.put("/widget-demo.css", file("demo.css", new MediaType("text", "css")));
        }
        return new PublicFiles(Map.copyOf(files));
    }

    boolean has(String path) {
        return files.containsKey(path);
    }

    Mono<Void> serve(ServerWebExchange exchange, String path) {
        var method = exchange.getRequest().getMethod();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            return Mono.error(new MethodNotAllowedException(method, List.of(HttpMethod.GET)));
        }
        var file = Objects.requireNonNull(files.get(path));
        var response = exchange.getResponse();
        var headers = response.getHeaders();
        headers.setAccessControlAllowOrigin("*");
        headers.set("Cross-Origin-Resource-Policy", "cross-origin");
        headers.setCacheControl("public, max-age=" + FRESH.toSeconds());
        headers.setVary(List.of(HttpHeaders.ACCEPT_ENCODING));
        headers.setContentType(file.type());
        if (file.type().equals(PAGE)) {
            headers.set("Content-Security-Policy", DEMO_POLICY);
        }
        if (exchange.checkNotModified(file.tag())) {
            return response.setComplete();
        }
        response.setStatusCode(HttpStatus.OK);
        var packed =
                exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.ACCEPT_ENCODING).stream()
                        .anyMatch(each -> each.matches(".*\\bgzip\\b(?!;q=0).*"));
        if (packed) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        var bytes = packed ? file.packed() : file.bytes();
        headers.setContentLength(bytes.length);
        return method.equals(HttpMethod.HEAD)
                ? response.setComplete()
                : response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
    }

    private static File file(String name, MediaType type) {
        return file(bytes(name), type);
    }

    private static byte[] bytes(String name) {
        try {
            return new ClassPathResource(name, PublicFiles.class).getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a file of the widget cannot be read", e);
        }
    }

    private static File file(byte[] bytes, MediaType type) {
        var packed = new ByteArrayOutputStream(bytes.length / 2);
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new File(
                type, bytes, packed.toByteArray(), '"' + DigestUtils.md5DigestAsHex(bytes) + '"');
    }
}
