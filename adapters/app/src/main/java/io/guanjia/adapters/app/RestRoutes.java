package io.guanjia.adapters.app;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.guanjia.adapters.app.Refusal.Code;
import io.guanjia.gateway.channel.CustomerTyping;
import io.guanjia.gateway.message.Address;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The same as over the socket, one request at a time. {@code openapi.yaml} describes it. */
final class RestRoutes {

    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 200;
    private static final int MOST_AT_ONCE = 60;
    private static final Duration ONE_EVERY = Duration.ofMillis(200);

    private final Visitors visitors;
    private final Inbox inbox;
    private final Threads threads;
    private final CustomerTyping typing;
    private final FileRoutes files;
    private final MessageReader messages;
    private final JsonMapper mapper;
    private final Cache<Address, Pace> paces =
            Caffeine.newBuilder()
                    .expireAfterAccess(Duration.ofMinutes(5))
                    .maximumSize(100_000)
                    .build();

    RestRoutes(
            Visitors visitors,
            Inbox inbox,
            Threads threads,
            CustomerTyping typing,
            FileRoutes files,
            JsonMapper mapper) {
        this.visitors = visitors;
        this.inbox = inbox;
        this.threads = threads;
        this.typing = typing;
        this.files = files;
        this.messages = new MessageReader(mapper);
        this.mapper = mapper;
    }

    /** Each finds its {@link Site} in the request. */
    RouterFunction<ServerResponse> routes() {
        return route().POST("/app/v1/visitors", this::visitor)
                .POST("/app/v1/login", this::login)
                .POST("/app/v1/messages", this::send)
                .GET("/app/v1/messages", this::history)
                .POST("/app/v1/received", request -> confirm(request, false))
                .POST("/app/v1/read", request -> confirm(request, true))
                .POST("/app/v1/typing", this::typing)
                .POST(
                        "/app/v1/media",
                        request ->
                                require(request)
                                        .flatMap(
                                                customer ->
                                                        files.upload(
                                                                request, customer, site(request))))
                .GET("/app/v1/media/{id}", request -> files.get(request, site(request)))
                .build();
    }

    static Site site(ServerRequest request) {
        return Objects.requireNonNull(request.exchange().<Site>getAttribute(AppDoor.SITE));
    }

    private Mono<ServerResponse> visitor(ServerRequest request) {
        return Mono.fromSupplier(
                        () -> visitors.welcome(site(request), request.exchange().getRequest()))
                .flatMap(
                        token ->
                                ServerResponse.status(HttpStatus.CREATED)
                                        .bodyValue(Map.of("token", token)));
    }

    /**
     * Shows both tokens: the login's as ever, and in the body the one from before. Only the login's
     * is answered with 401, so a client knows which of the two to get again and which to forget.
     */
    private Mono<ServerResponse> login(ServerRequest request) {
        return require(request)
                .filter(customer -> !customer.visitor())
                .switchIfEmpty(Mono.error(() -> new Refusal(Code.UNAUTHORIZED)))
                .zipWith(body(request))
                .flatMap(
                        both ->
                                Mono.justOrEmpty(visitor(request, both.getT2()))
                                        .switchIfEmpty(
                                                Mono.error(() -> new Refusal(Code.NO_SUCH_VISITOR)))
                                        .flatMap(visitor -> inbox.identify(visitor, both.getT1())))
                .then(ServerResponse.noContent().build());
    }

    private static Optional<Customer> visitor(ServerRequest request, JsonNode body) {
        return site(request)
                .tokens()
                .check(body.path("visitor").asString(""))
                .filter(Customer::visitor);
    }

    private Mono<ServerResponse> send(ServerRequest request) {
        return require(request)
                .zipWith(request.bodyToMono(String.class).defaultIfEmpty(""))
                .flatMap(
                        both -> {
                            var said = messages.read(both.getT2());
                            return inbox.take(both.getT1(), said).thenReturn(said.id());
                        })
                .flatMap(
                        id ->
                                ServerResponse.status(HttpStatus.ACCEPTED)
                                        .bodyValue(Map.of("id", id)));
    }

    private Mono<ServerResponse> history(ServerRequest request) {
        var limit = Math.clamp(number(request, "limit", PAGE), 1, LONGEST_PAGE);
        var after = number(request, "after", -1);
        var before = number(request, "before", Long.MAX_VALUE);
        return require(request)
                .flatMap(
                        who -> {
                            var customer = who.address();
                            return threads.gather(customer)
                                    .then(
                                            after >= 0
                                                    ? threads.after(customer, after, limit)
                                                    : threads.before(customer, before, limit))
                                    .flatMap(lines -> page(request, customer, lines));
                        });
    }

    private Mono<ServerResponse> page(
            ServerRequest request, Address customer, List<Threads.Line> lines) {
        lines.forEach(line -> site(request).links().into(line.content()));
        return threads.standing(customer)
                .flatMap(
                        standing ->
                                ServerResponse.ok()
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .bodyValue(
                                                mapper.writeValueAsString(
                                                        new Page(
                                                                lines,
                                                                standing.last(),
                                                                standing.read()))));
    }

    /**
     * A part of a thread.
     *
     * @param last the customer's latest line
     * @param read up to which line they have read
     */
    record Page(List<Threads.Line> items, long last, long read) {}

    private Mono<ServerResponse> confirm(ServerRequest request, boolean read) {
        return require(request)
                .zipWith(body(request))
                .flatMap(
                        both -> {
                            var upTo = both.getT2().path("sequence").asLong(-1);
                            return upTo < 0
                                    ? Mono.<Void>error(new Refusal(Code.MALFORMED))
                                    : inbox.confirm(both.getT1(), upTo, read);
                        })
                .then(ServerResponse.noContent().build());
    }

    private Mono<ServerResponse> typing(ServerRequest request) {
        return require(request)
                .zipWith(body(request))
                .flatMap(
                        both ->
                                both.getT2().path("on").asBoolean(true)
                                        ? typing.typing(both.getT1().address())
                                        : Mono.<Void>empty())
                .then(ServerResponse.noContent().build());
    }

    private Mono<Customer> require(ServerRequest request) {
        return visitors.recognise(site(request), request.exchange().getRequest())
                .filter(
                        customer ->
                                Objects.requireNonNull(
                                                paces.get(
                                                        customer.address(),
                                                        _ -> new Pace(MOST_AT_ONCE, ONE_EVERY)))
                                        .allows())
                .switchIfEmpty(Mono.error(() -> new Refusal(Code.TOO_MANY)));
    }

    private Mono<JsonNode> body(ServerRequest request) {
        return request.bodyToMono(String.class)
                .defaultIfEmpty("{}")
                .map(mapper::readTree)
                .onErrorMap(JacksonException.class, _ -> new Refusal(Code.MALFORMED));
    }

    private static long number(ServerRequest request, String name, long otherwise) {
        var given = request.queryParam(name);
        if (given.isEmpty()) {
            return otherwise;
        }
        if (!given.get().matches("\\d{1,18}")) {
            throw new Refusal(Code.MALFORMED);
        }
        return Long.parseLong(given.get());
    }
}
