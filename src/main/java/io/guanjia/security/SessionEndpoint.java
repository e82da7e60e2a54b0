package io.guanjia.security;

import io.guanjia.gateway.desk.Presence;
import io.guanjia.gateway.desk.Viewer;
import io.guanjia.security.DeskUsers.DeskUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Objects;

/** Signing in and out, and what somebody says about themselves. */
@RestController
@Tag(name = "Session")
final class SessionEndpoint {

    private final DeskUsers users;
    private final Passwords passwords;
    private final Sessions sessions;
    private final SignInThrottle throttle;
    private final Tickets tickets;
    private final Presence presence;

    SessionEndpoint(
            DeskUsers users,
            Passwords passwords,
            Sessions sessions,
            SignInThrottle throttle,
            Tickets tickets,
            Presence presence) {
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.throttle = throttle;
        this.tickets = tickets;
        this.presence = presence;
    }

    @PostMapping("/api/v1/session")
    @Operation(
            summary = "Sign in",
            description =
                    "Sets the cookie guanjia_session, always a new one, and a new XSRF-TOKEN."
                            + " After too many failures the answer is 429 with Retry-After.")
    Mono<Me> signIn(@Valid @RequestBody SignIn form, ServerWebExchange exchange) {
        var address = address(exchange);
        return throttle.count(form.username(), address)
                .then(Mono.defer(() -> check(form)))
                .flatMap(
                        user ->
                                throttle.forgive(form.username(), address)
                                        .then(presence.set(user.username(), Presence.Status.ONLINE))
                                        .then(endSession(exchange))
                                        .then(sessions.begin(user.username()))
                                        .flatMap(secret -> welcome(exchange, secret, user)));
    }

    @DeleteMapping("/api/v1/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Sign out",
            description =
                    "Also where nobody is signed in. Who is signed in nowhere else any more is away"
                            + " at once.")
    Mono<Void> signOut(ServerWebExchange exchange) {
        return endSession(exchange)
                .filterWhen(username -> sessions.inUse(username).map(used -> !used))
                .flatMap(username -> presence.set(username, Presence.Status.AWAY))
                .then(
                        Mono.fromRunnable(
                                () -> {
                                    Cookies.dropSession(exchange);
                                    Cookies.setCsrf(exchange);
                                }));
    }

    @GetMapping("/api/v1/me")
    @Operation(summary = "Show who is signed in")
    Mono<Me> me(@Parameter(hidden = true) Viewer viewer) {
        return viewer.service()
                ? Mono.just(Me.of(viewer))
                : users.find(viewer.username()).map(Me::of);
    }

    @PutMapping("/api/v1/me/presence")
    @Operation(
            summary = "Say whether you take conversations",
            description =
                    "Who has been without a connection for 30 seconds counts as away, whatever"
                            + " they said.")
    Mono<Me> presence(
            @Parameter(hidden = true) Viewer viewer, @Valid @RequestBody NewPresence wanted) {
        return person(viewer)
                .then(Mono.defer(() -> presence.set(viewer.username(), wanted.status().status)))
                .then(Mono.defer(() -> users.find(viewer.username())))
                .map(Me::of);
    }

    @PutMapping("/api/v1/me/locale")
    @Operation(summary = "Say in which language you read the desk, on every machine")
    Mono<Me> locale(@Parameter(hidden = true) Viewer viewer, @Valid @RequestBody NewLocale wanted) {
        return person(viewer)
                .then(Mono.defer(() -> users.speaks(viewer.username(), wanted.locale())))
                .then(Mono.defer(() -> users.find(viewer.username())))
                .map(Me::of);
    }

    @PostMapping("/api/v1/desk/tickets")
    @Operation(
            summary = "Get a ticket for the socket",
            description =
                    "Good once, within 30 seconds, as /api/v1/desk/socket?ticket=… Service tokens"
                            + " get none.")
    Mono<Ticket> ticket(
            @Parameter(hidden = true) Viewer viewer,
            ServerWebExchange exchange,
            @Parameter(hidden = true) Locale locale) {
        return person(viewer)
                .then(Mono.justOrEmpty(Cookies.session(exchange.getRequest())))
                .flatMap(secret -> tickets.issue(secret, locale))
                .map(Ticket::new);
    }

    private Mono<DeskUser> check(SignIn form) {
        return users.find(form.username())
                .map(java.util.Optional::of)
                .defaultIfEmpty(java.util.Optional.empty())
                .flatMap(
                        found ->
                                passwords
                                        .matches(
                                                form.password(),
                                                found.map(DeskUser::passwordHash).orElse(null))
                                        .filter(right -> right)
                                        .flatMap(_ -> Mono.justOrEmpty(found)))
                .switchIfEmpty(Mono.error(SignInProblem.BadCredentials::new));
    }

    private Mono<Me> welcome(ServerWebExchange exchange, String secret, DeskUser user) {
        return Mono.fromRunnable(
                        () -> {
                            Cookies.setSession(exchange, secret);
                            Cookies.setCsrf(exchange);
                        })
                .then(users.find(user.username()))
                .map(Me::of);
    }

    /** Emits whose it was. */
    private Mono<String> endSession(ServerWebExchange exchange) {
        return Mono.justOrEmpty(Cookies.session(exchange.getRequest())).flatMap(sessions::end);
    }

    private static Mono<Void> person(Viewer viewer) {
        return viewer.service()
                ? Mono.error(new AccessDeniedException("for people only"))
                : Mono.empty();
    }

    private static InetAddress address(ServerWebExchange exchange) {
        var peer = Objects.requireNonNull(exchange.getRequest().getRemoteAddress());
        return Objects.requireNonNull(peer.getAddress());
    }

    /** What somebody signs in with. */
    record SignIn(
            @NotBlank @Size(max = 64) String username, @NotBlank @Size(max = 200) String password) {

        /** Leaves out the password. */
        @Override
        public String toString() {
            return "SignIn[" + username + "]";
        }
    }

    /** What somebody says about themselves. */
    record NewPresence(@NotNull Word status) {}

    /** What somebody reads. */
    record NewLocale(@NotNull @Pattern(regexp = "zh|en", message = "zh or en") String locale) {}

    /** As it is written in JSON. */
    enum Word {
        @com.fasterxml.jackson.annotation.JsonProperty("online")
        ONLINE(Presence.Status.ONLINE),
        @com.fasterxml.jackson.annotation.JsonProperty("away")
        AWAY(Presence.Status.AWAY);

        private final Presence.Status status;

        Word(Presence.Status status) {
            this.status = status;
        }
    }

    /** Opens the socket once. */
    record Ticket(String ticket) {}
}
