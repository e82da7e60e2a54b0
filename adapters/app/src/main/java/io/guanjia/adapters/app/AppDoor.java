package io.guanjia.adapters.app;

import io.guanjia.adapters.app.Refusal.Code;
import io.guanjia.gateway.channel.Door;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Where customers come in: everything under {@code /app/v1/}, and the widget. Who comes from a page
 * that is not in the settings stays outside, whatever they ask for.
 */
final class AppDoor implements Door {

    static final String SITE = AppDoor.class.getName() + ".site";

    private static final String ROOT = "/app/v1/";
    private static final int LONGEST_BODY = 64 * 1024;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final AppChannel channel;
    private final SocketRoute socket;
    private final WebHandler rest;
    private final PublicFiles files;
    private final JsonMapper mapper;

    AppDoor(
            AppChannel channel,
            SocketRoute socket,
            RestRoutes rest,
            PublicFiles files,
            JsonMapper mapper) {
        this.channel = channel;
        this.socket = socket;
        this.rest =
                RouterFunctions.toWebHandler(
                        rest.routes(),
                        HandlerStrategies.builder()
                                .codecs(
                                        codecs ->
                                                codecs.defaultCodecs()
                                                        .maxInMemorySize(LONGEST_BODY))
                                .build());
        this.files = files;
        this.mapper = mapper;
    }

    @Override
    public boolean leadsTo(String path) {
        return path.startsWith(ROOT) || files.has(path);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        var path = exchange.getRequest().getPath().value();
        return files.has(path)
                ? files.serve(exchange, path)
                : Mono.defer(() -> enter(exchange, path))
                        .onErrorResume(Refusal.class, refusal -> refuse(exchange, refusal));
    }

    private Mono<Void> enter(ServerWebExchange exchange, String path) {
        var request = exchange.getRequest();
        var account = request.getQueryParams().getFirst("account");
        var site =
                channel.site(account == null ? "" : account)
                        .orElseThrow(() -> new Refusal(Code.NO_SUCH_ACCOUNT));
        if (!site.lets(request)) {
            throw new Refusal(Code.FOREIGN_ORIGIN);
        }
        if (path.equals(SocketRoute.PATH)) {
            return socket.open(exchange, site);
        }
        var response = exchange.getResponse();
        letRead(request, response);
        if (CorsUtils.isPreFlightRequest(request)) {
            return allow(response);
        }
        response.getHeaders().setCacheControl("no-store");
        exchange.getAttributes().put(SITE, site);
        return rest.handle(exchange);
    }

    /** Lets the page that asks read the answer. No cookies: a token has to be shown. */
    private static void letRead(ServerHttpRequest request, ServerHttpResponse response) {
        var headers = response.getHeaders();
        headers.setVary(List.of(HttpHeaders.ORIGIN));
        var origin = request.getHeaders().getOrigin();
        if (origin != null) {
            headers.setAccessControlAllowOrigin(origin);
        }
    }

    private static Mono<Void> allow(ServerHttpResponse response) {
        var headers = response.getHeaders();
        headers.setAccessControlAllowMethods(List.of(HttpMethod.GET, HttpMethod.POST));
        headers.setAccessControlAllowHeaders(
                List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE));
        headers.setAccessControlMaxAge(REMEMBERED);
        response.setStatusCode(HttpStatus.NO_CONTENT);
        return response.setComplete();
    }

    private Mono<Void> refuse(ServerWebExchange exchange, Refusal refusal) {
        var code = refusal.code();
        var response = exchange.getResponse();
        var headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        switch (code) {
            case UNAUTHORIZED -> headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            case TOO_MANY, UNAVAILABLE -> headers.set(HttpHeaders.RETRY_AFTER, "5");
            case UPLOAD_LIMIT -> headers.set(HttpHeaders.RETRY_AFTER, "3600");
            default -> {}
        }
        response.setStatusCode(code.status());
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "urn:guanjia:problem:" + code.word());
        problem.put("title", code.status().getReasonPhrase());
        problem.put("status", code.status().value());
        problem.put("code", code.word());
        return response.writeWith(
                Mono.fromSupplier(
                        () -> response.bufferFactory().wrap(mapper.writeValueAsBytes(problem))));
    }
}
