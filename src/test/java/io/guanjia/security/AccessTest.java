package io.guanjia.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.guanjia.running.Browser;
import io.guanjia.running.Gateway;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** Who may call what, for every route there is. */
final class AccessTest {

    private enum Who {
        NOBODY,
        AGENT,
        SUPERVISOR,
        ADMINISTRATOR,
        TOKEN
    }

    private static final Set<Who> EVERYONE = Set.of(Who.values());
    private static final Set<Who> KNOWN =
            Set.of(Who.AGENT, Who.SUPERVISOR, Who.ADMINISTRATOR, Who.TOKEN);
    private static final Set<Who> PEOPLE = Set.of(Who.AGENT, Who.SUPERVISOR, Who.ADMINISTRATOR);
    private static final Set<Who> IN_CHARGE = Set.of(Who.SUPERVISOR, Who.ADMINISTRATOR, Who.TOKEN);

    private static final Set<Who> ADMINISTRATORS = Set.of(Who.ADMINISTRATOR, Who.TOKEN);

    /** A route that is missing here fails the test: somebody has to decide. */
    private static final Map<String, Set<Who>> MAY = new LinkedHashMap<>();

    static {
        MAY.put("POST /api/v1/session", EVERYONE);
        MAY.put("DELETE /api/v1/session", EVERYONE);
        MAY.put("GET /api/v1/me", KNOWN);
        MAY.put("PUT /api/v1/me/presence", PEOPLE);
        MAY.put("PUT /api/v1/me/locale", PEOPLE);
        MAY.put("POST /api/v1/desk/tickets", PEOPLE);
        MAY.put("GET /api/v1/conversations", KNOWN);
        MAY.put("GET /api/v1/conversations/{id}", KNOWN);
        MAY.put("GET /api/v1/conversations/{id}/messages", KNOWN);
        MAY.put("POST /api/v1/conversations/{id}/take", KNOWN);
        MAY.put("POST /api/v1/conversations/{id}/hand-back", KNOWN);
        MAY.put("POST /api/v1/conversations/{id}/close", KNOWN);
        MAY.put("POST /api/v1/conversations/{id}/messages", KNOWN);
        MAY.put("POST /api/v1/conversations/{id}/notes", KNOWN);
        MAY.put("POST /api/v1/conversations/{id}/typing", KNOWN);
        MAY.put("PUT /api/v1/conversations/{id}/name", KNOWN);
        MAY.put("POST /api/v1/messages/{id}/retry", KNOWN);
        MAY.put("POST /api/v1/messages/{id}/recall", KNOWN);
        MAY.put("POST /api/v1/conversations/{id}/messages/preview", KNOWN);
        MAY.put("GET /api/v1/messages", KNOWN);
        MAY.put("GET /api/v1/messages/{id}", KNOWN);
        MAY.put("POST /api/v1/messages", IN_CHARGE);
        MAY.put("GET /api/v1/circuits", IN_CHARGE);
        MAY.put("POST /api/v1/circuits/close", IN_CHARGE);
        MAY.put("GET /api/v1/dead-letters", ADMINISTRATORS);
        MAY.put("POST /api/v1/dead-letters/{id}/replay", ADMINISTRATORS);
        MAY.put("POST /api/v1/media", KNOWN);
        MAY.put("GET /api/v1/media/{id}", KNOWN);
        MAY.put("GET /api/v1/knowledge/status", IN_CHARGE);
        MAY.put("GET /api/v1/words", KNOWN);
        MAY.put("GET /api/v1/channels", IN_CHARGE);
        MAY.put("GET /api/v1/channels/{channel}/accounts", IN_CHARGE);
        MAY.put("GET /api/v1/channels/{channel}/accounts/{name}", IN_CHARGE);
        MAY.put("POST /api/v1/channels/{channel}/accounts", ADMINISTRATORS);
        MAY.put("PATCH /api/v1/channels/{channel}/accounts/{name}", ADMINISTRATORS);
        MAY.put("DELETE /api/v1/channels/{channel}/accounts/{name}", ADMINISTRATORS);
    }

    private final Gateway gateway = Gateway.shared();

    @Test
    void everyRouteOfTheInterfaceIsDecidedUpon() {
        assertThat(routes()).containsExactlyInAnyOrderElementsOf(MAY.keySet());
    }

    @TestFactory
    Stream<DynamicTest> isWhatWasDecided() {
        return Stream.of(Who.values())
                .flatMap(
                        who -> {
                            var browser = browser(who);
                            return MAY.keySet().stream()
                                    .filter(route -> !route.equals("DELETE /api/v1/session"))
                                    .map(
                                            route ->
                                                    dynamicTest(
                                                            who + ": " + route,
                                                            () -> check(who, browser, route)));
                        });
    }

    private static void check(Who who, Browser browser, String route) {
        var parts = route.split(" ", 2);
        var path = parts[1].replaceAll("\\{\\w+}", UUID.randomUUID().toString());
        var answer = browser.send(parts[0], path, parts[0].equals("GET") ? null : body(route));
        if (MAY.getOrDefault(route, Set.of()).contains(who)) {
            assertThat(answer.status()).as(answer.toString()).isNotIn(401, 403, 500, 503);
        } else {
            assertThat(answer.status())
                    .as(answer.toString())
                    .isEqualTo(who == Who.NOBODY ? 401 : 403);
        }
    }

    /** Nobody signs in by accident. */
    private static String body(String route) {
        return switch (route) {
            case "POST /api/v1/session" -> "{}";
            case "PUT /api/v1/me/presence" -> "{\"status\":\"online\"}";
            case "PUT /api/v1/me/locale" -> "{\"locale\":\"zh\"}";
            default -> "{}";
        };
    }

    private Browser browser(Who who) {
        return switch (who) {
            case NOBODY -> {
                var browser = gateway.browser();
                browser.get("/api/v1/me");
                yield browser;
            }
            case AGENT -> gateway.signedIn("xiaoli");
            case SUPERVISOR -> gateway.signedIn("zhuguan");
            case ADMINISTRATOR -> gateway.signedIn("admin");
            case TOKEN -> gateway.browser().with("Authorization", "Bearer " + Gateway.TOKEN);
        };
    }

    private Set<String> routes() {
        var routes = new TreeSet<String>();
        gateway.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(
                        info ->
                                info.getPatternsCondition()
                                        .getPatterns()
                                        .forEach(
                                                pattern ->
                                                        info.getMethodsCondition()
                                                                .getMethods()
                                                                .forEach(
                                                                        method ->
                                                                                routes.add(
                                                                                        method + " "
                                                                                                + pattern))));
        routes.removeIf(route -> !route.contains(" /api/"));
        return routes;
    }
}
