package io.guanjia.sandbox.http;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The phone: files that lie beside this class, sent with a strict content security policy. */
public final class Page {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                    + " media-src 'self' blob:; connect-src 'self'; manifest-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+(?:/[a-z0-9-]+)*\\.[a-z]+");
    private static final Map<String, MediaType> TYPES =
            Map.of(
                    "html", MediaType.parseMediaType("text/html;charset=UTF-8"),
                    "css", MediaType.parseMediaType("text/css;charset=UTF-8"),
                    "js", MediaType.parseMediaType("text/javascript;charset=UTF-8"),
                    "json", MediaType.APPLICATION_JSON,
                    "svg", MediaType.parseMediaType("image/svg+xml"));

    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    /** {@code /}, {@code /phones} and everything under {@code /page}. */
    public RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .GET("/", request -> send("index.html"))
                .GET("/phones", request -> send("phones.html"))
                .GET("/page/{*file}", this::file)
                .build();
    }

    private Mono<ServerResponse> file(ServerRequest request) {
        return send(request.pathVariable("file").substring(1));
    }

    private Mono<ServerResponse> send(String name) {
        var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(name).matches()) {
            return ServerResponse.notFound().build();
        }
        return content(name)
                .flatMap(
                        bytes ->
                                ServerResponse.ok()
                                        .contentType(type)
                                        .cacheControl(CacheControl.noCache())
                                        .header("Content-Security-Policy", POLICY)
                                        .header("X-Content-Type-Options", "nosniff")
                                        .header("Referrer-Policy", "no-referrer")
                                        .bodyValue(bytes))
                .switchIfEmpty(ServerResponse.notFound().build());
    }

    private Mono<byte[]> content(String name) {
        var known = read.get(name);
        if (known != null) {
            return Mono.just(known);
        }
        return Mono.fromCallable(() -> load(name))
                .subscribeOn(Schedulers.boundedElastic())
                .filter(bytes -> bytes.length > 0);
    }

    private byte[] load(String name) throws IOException {
        try (var stream = Page.class.getResourceAsStream("page/" + name)) {
            if (stream == null) {
                return new byte[0];
            }
            var bytes = stream.readAllBytes();
            read.put(name, bytes);
            return bytes;
        }
    }
}
