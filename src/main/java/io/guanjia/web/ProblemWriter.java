package io.guanjia.web;

import io.guanjia.security.ProblemResponses;
import io.guanjia.web.Problem.Field;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Answers every failure with problem details (RFC 9457) in the caller's language. What we did not
 * expect is logged in full and said in one word.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemWriter implements WebExceptionHandler, ProblemResponses {

    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);

    /** Up to the account, the empty one before the first slash included. */
    private static final int CALLBACK_PARTS = 4;

    private static final int MOST_CAUSES = 5;
    private static final int MOST_FRAMES = 30;

    private final MessageSource messages;
    private final JsonMapper mapper;

    ProblemWriter(MessageSource messages, JsonMapper mapper) {
        this.messages = messages;
        this.mapper = mapper;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        return write(exchange, failure);
    }

    @Override
    public Mono<Void> write(ServerWebExchange exchange, Throwable failure) {
        var response = exchange.getResponse();
        if (failure instanceof AbortedException || lost(failure)) {
            return Mono.empty();
        }
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        var problem = Problems.of(failure);
        note(exchange, problem, failure);
        var headers = response.getHeaders();
        headers.clearContentHeaders();
        if (failure instanceof ResponseStatusException status) {
            headers.putAll(status.getHeaders());
        }
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        if (problem.status() == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        var wait = problem.retryAfter();
        if (wait != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds()));
        }
        response.setStatusCode(problem.status());
        var locale =
                Objects.requireNonNullElse(
                        exchange.getLocaleContext().getLocale(), Locale.SIMPLIFIED_CHINESE);
        var body = body(problem, locale, exchange.getRequest().getPath().value());
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    /**
     * Problem details in JSON.
     *
     * @param instance the address that was called, null where it is none
     */
    byte[] body(Problem problem, Locale locale, @Nullable String instance) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "urn:guanjia:problem:" + problem.code());
        body.put("title", words("problem." + problem.code(), locale));
        body.put("status", problem.status().value());
        body.put("detail", words("problem." + problem.code() + ".detail", locale));
        if (instance != null) {
            body.put("instance", instance);
        }
        body.put("code", problem.code());
        body.putAll(problem.more());
        if (!problem.errors().isEmpty()) {
            body.put(
                    "errors",
                    problem.errors().stream().map(error -> words(error, locale)).toList());
        }
        return mapper.writeValueAsBytes(body);
    }

    private Map<String, String> words(Field error, Locale locale) {
        var message = error.message();
        var field = new LinkedHashMap<String, String>();
        field.put("field", error.field());
        field.put("message", message == null ? words("field." + error.code(), locale) : message);
        return field;
    }

    private String words(String key, Locale locale) {
        return Objects.requireNonNull(messages.getMessage(key, null, key, locale));
    }

    /** The caller went away: there is nobody to answer. */
    private static boolean lost(Throwable failure) {
        return failure instanceof IOException
                && String.valueOf(failure.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .matches(".*(connection reset|broken pipe|connection closed).*");
    }

    /** Without the key that stands behind the account of some callbacks. */
    static String shown(String path) {
        var parts = path.replaceAll("[\\r\\n]", "?").split("/", -1);
        return parts.length > CALLBACK_PARTS && parts[1].equals("callbacks")
                ? String.join("/", List.of(parts).subList(0, CALLBACK_PARTS)) + "/…"
                : String.join("/", parts);
    }

    /**
     * Where it went wrong and why, by the classes of its causes. What they say may quote a message,
     * and the places that Reactor adds as suppressed quote the address with its key and query.
     */
    static String trace(Throwable failure) {
        var trace = new StringBuilder();
        var causes = 0;
        for (var cause = failure; cause != null && causes < MOST_CAUSES; causes++) {
            trace.append(causes == 0 ? "" : "\nCaused by: ").append(cause.getClass().getName());
            Arrays.stream(cause.getStackTrace())
                    .limit(MOST_FRAMES)
                    .forEach(frame -> trace.append("\n\tat ").append(frame));
            cause = cause.getCause();
        }
        return trace.toString();
    }

    private static void note(ServerWebExchange exchange, Problem problem, Throwable failure) {
        var request = exchange.getRequest();
        var path = shown(request.getPath().value());
        if (problem.code().equals("error")) {
            log.error("{} {} failed: {}", request.getMethod(), path, trace(failure));
        } else if (problem.status().is5xxServerError()) {
            log.warn(
                    "{} {} is not possible now: {}", request.getMethod(), path, failure.toString());
        } else {
            log.debug("{} {} answered {}", request.getMethod(), path, problem.code());
        }
    }
}
