package io.guanjia.security;

import io.guanjia.gateway.desk.Role;
import io.guanjia.gateway.network.Networks;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter.Mode;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;

import reactor.core.publisher.Mono;

/**
 * Who may call what, and what every answer's headers say. What is not named here is open to anyone
 * who is signed in, under {@code /api}, or else to everyone, but for reading only: the console's
 * own files.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityRules {

    /**
     * No inline script or style, nothing from elsewhere, in nobody's frame. WebAssembly of our own
     * is for voice notes that no browser plays.
     */
    private static final String CONTENT =
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src"
                + " 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self';"
                + " manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'";

    @Bean
    SecurityWebFilterChain securityFilters(
            ServerHttpSecurity http,
            WhoIsIt whoIsIt,
            ProblemResponses problems,
            SecuritySettings settings) {
        return http.securityContextRepository(whoIsIt)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .addFilterAt(new CsrfGuard(), SecurityWebFiltersOrder.CSRF)
                .headers(SecurityRules::headers)
                .exceptionHandling(
                        handling ->
                                handling.authenticationEntryPoint(problems::write)
                                        .accessDeniedHandler(problems::write))
                .authorizeExchange(rules -> rules(rules, Networks.of(settings.metricsFrom())))
                .build();
    }

    /**
     * The request as a whole is measured, and need not be filter by filter: that costs more than
     * the filters do, and every open socket would keep all of it.
     */
    @Bean
    SecurityObservationSettings nothingOfItsOwn() {
        return SecurityObservationSettings.noObservations();
    }

    /** Nobody signs in through Spring's own ways; without this it would make up a user. */
    @Bean
    ReactiveAuthenticationManager nobody() {
        return _ -> Mono.empty();
    }

    private static void rules(AuthorizeExchangeSpec rules, Networks metricsFrom) {
        rules.pathMatchers("/callbacks/**", "/actuator/health/**", "/v3/api-docs/**")
                .permitAll()
                .pathMatchers("/actuator/prometheus")
                .access((who, request) -> metrics(who, request, metricsFrom))
                .pathMatchers("/actuator/**", "/api/v1/dead-letters/**")
                .hasRole(Role.ADMINISTRATOR.name())
                .pathMatchers("/api/v1/session")
                .permitAll()
                .pathMatchers(HttpMethod.GET, "/api/v1/channels/**")
                .hasAnyRole(Role.SUPERVISOR.name(), Role.ADMINISTRATOR.name())
                .pathMatchers("/api/v1/channels/**")
                .hasRole(Role.ADMINISTRATOR.name())
                .pathMatchers("/api/v1/knowledge/**", "/api/v1/circuits/**")
                .hasAnyRole(Role.SUPERVISOR.name(), Role.ADMINISTRATOR.name())
                .pathMatchers(HttpMethod.POST, "/api/v1/messages")
                .hasAnyRole(Role.SUPERVISOR.name(), Role.ADMINISTRATOR.name())
                .pathMatchers("/api/**")
                .authenticated()
                .pathMatchers(HttpMethod.GET, "/**")
                .permitAll()
                .pathMatchers(HttpMethod.HEAD, "/**")
                .permitAll()
                .anyExchange()
                .denyAll();
    }

    /**
     * Metrics are open to a monitor on the same machine, and elsewhere to whoever has a token. What
     * came through a proxy is not from the same machine, whatever its address says.
     */
    private static Mono<AuthorizationResult> metrics(
            Mono<Authentication> who, AuthorizationContext context, Networks from) {
        var request = context.getExchange().getRequest();
        var headers = request.getHeaders();
        var peer = request.getRemoteAddress();
        var local =
                peer != null
                        && !peer.isUnresolved()
                        && from.contain(peer.getAddress())
                        && !headers.containsHeader("X-Forwarded-For")
                        && !headers.containsHeader("Forwarded")
                        && !headers.containsHeader(HttpHeaders.VIA);
        return who.filter(Authentication::isAuthenticated)
                .filter(SignedIn.class::isInstance)
                .<AuthorizationResult>map(_ -> new AuthorizationDecision(true))
                .defaultIfEmpty(new AuthorizationDecision(local));
    }

    private static void headers(ServerHttpSecurity.HeaderSpec headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicy(
                        policy ->
                                policy.policy(
                                        "camera=(), microphone=(), geolocation=(), payment=()"))
                .crossOriginOpenerPolicy(
                        policy ->
                                policy.policy(
                                        org.springframework.security.web.server.header
                                                .CrossOriginOpenerPolicyServerHttpHeadersWriter
                                                .CrossOriginOpenerPolicy.SAME_ORIGIN))
                .frameOptions(frames -> frames.mode(Mode.DENY));
    }
}
