package io.guanjia.web;

import io.guanjia.gateway.accounts.AccountRefusal;
import io.guanjia.gateway.conversation.DeskRefusal;
import io.guanjia.gateway.desk.InvalidRequest;
import io.guanjia.gateway.media.MediaRejected;
import io.guanjia.gateway.vault.NoEncryptionKey;
import io.guanjia.security.SignInProblem;
import io.guanjia.web.Problem.Field;
import io.r2dbc.spi.R2dbcException;

import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Gives every failure its status and its code. The only place that does. */
final class Problems {

    private static final Duration SOON = Duration.ofSeconds(5);

    private Problems() {}

    static Problem of(Throwable failure) {
        return switch (failure) {
            case DeskRefusal refusal -> refused(refusal);
            case InvalidRequest invalid ->
                    Problem.invalid(
                            List.of(
                                    Field.of(
                                            invalid.field(),
                                            invalid.reason().name().toLowerCase(Locale.ROOT))));
            case MediaRejected rejected -> media(rejected);
            case AccountRefusal refusal -> account(refusal);
            case NoEncryptionKey _ -> Problem.of(HttpStatus.CONFLICT, "no-encryption-key");
            case SignInProblem problem -> signIn(problem);
            case AccessDeniedException _ -> Problem.of(HttpStatus.FORBIDDEN, "forbidden");
            case AuthenticationException _ -> Problem.of(HttpStatus.UNAUTHORIZED, "unauthorized");
            case WebExchangeBindException invalid -> Problem.invalid(fields(invalid));
            case MissingRequestValueException missing ->
                    Problem.invalid(List.of(Field.of(missing.getName(), "missing")));
            case ServerWebInputException input -> input(input);
            case ResponseStatusException status -> status(status);
            case DataBufferLimitException _ ->
                    Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too-large");
            case DataAccessException _, R2dbcException _, TimeoutException _ -> unavailable();
            case RejectedExecutionException _ -> unavailable();
            default -> Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "error");
        };
    }

    private static Problem refused(DeskRefusal refusal) {
        return switch (refusal) {
            case DeskRefusal.NotFound _ -> Problem.of(HttpStatus.NOT_FOUND, "not-found");
            case DeskRefusal.Taken taken ->
                    Problem.of(HttpStatus.CONFLICT, "conversation-taken").with("agent", taken.by());
            case DeskRefusal.NotYours _ -> Problem.of(HttpStatus.CONFLICT, "not-yours");
            case DeskRefusal.Closed _ -> Problem.of(HttpStatus.CONFLICT, "conversation-closed");
            case DeskRefusal.StillUnreadable _ ->
                    Problem.of(HttpStatus.CONFLICT, "still-unreadable");
            case DeskRefusal.NotRetryable _ -> Problem.of(HttpStatus.CONFLICT, "not-retryable");
            case DeskRefusal.NotRecallable _ -> Problem.of(HttpStatus.CONFLICT, "not-recallable");
            case DeskRefusal.CannotSay _ ->
                    Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "cannot-say");
            case DeskRefusal.TooLong tooLong ->
                    new Problem(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "too-long",
                            List.of(Field.of("content.body", "too-long")),
                            java.util.Map.of("maxBytes", tooLong.maxBytes()),
                            null);
        };
    }

    private static Problem signIn(SignInProblem problem) {
        return switch (problem) {
            case SignInProblem.BadCredentials _ ->
                    Problem.of(HttpStatus.UNAUTHORIZED, "bad-credentials");
            case SignInProblem.TooManyAttempts attempts ->
                    Problem.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-attempts")
                            .after(attempts.retryAfter());
            case SignInProblem.CsrfMissing _ -> Problem.of(HttpStatus.FORBIDDEN, "csrf");
        };
    }

    private static Problem media(MediaRejected rejected) {
        return switch (rejected.kind()) {
            case TOO_LARGE -> Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too-large");
            case EMPTY -> Problem.invalid(List.of(Field.of("file", "missing")));
            case TYPE -> Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-file");
        };
    }

    private static Problem account(AccountRefusal refusal) {
        return switch (refusal) {
            case AccountRefusal.NotFound _ -> Problem.of(HttpStatus.NOT_FOUND, "not-found");
            case AccountRefusal.InSettings _ ->
                    Problem.of(HttpStatus.CONFLICT, "account-in-settings");
            case AccountRefusal.NameTaken _ ->
                    Problem.of(HttpStatus.CONFLICT, "account-name-taken");
            case AccountRefusal.Outdated _ -> Problem.of(HttpStatus.CONFLICT, "account-changed");
            case AccountRefusal.Invalid invalid ->
                    Problem.invalid(
                            invalid.faults().stream()
                                    .map(
                                            fault ->
                                                    new Field(
                                                            fault.field(),
                                                            fault.message(),
                                                            fault.code()))
                                    .toList());
        };
    }

    private static Problem unavailable() {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "unavailable").after(SOON);
    }

    private static List<Field> fields(WebExchangeBindException invalid) {
        return invalid.getAllErrors().stream()
                .map(
                        error ->
                                error instanceof FieldError field
                                        ? new Field(
                                                field.getField(),
                                                field.getRejectedValue() == null
                                                        ? null
                                                        : field.getDefaultMessage(),
                                                field.getRejectedValue() == null
                                                        ? "missing"
                                                        : "malformed")
                                        : Field.of(error.getObjectName(), "malformed"))
                .toList();
    }

    /** A parameter, a part of a path or a body that cannot be read. */
    private static Problem input(ServerWebInputException input) {
        if (cause(input, DataBufferLimitException.class).isPresent()) {
            return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too-large");
        }
        var json = cause(input, JacksonException.class);
        if (json.isPresent()) {
            return json(json.get());
        }
        var parameter = input.getMethodParameter();
        var name = parameter == null ? null : parameter.getParameterName();
        if (parameter == null || name == null || cause(input, CodecException.class).isPresent()) {
            return Problem.of(HttpStatus.BAD_REQUEST, "malformed");
        }
        // An id that is none names nothing.
        return parameter.hasParameterAnnotation(
                        org.springframework.web.bind.annotation.PathVariable.class)
                ? Problem.of(HttpStatus.NOT_FOUND, "not-found")
                : parameter.hasParameterAnnotation(
                                org.springframework.web.bind.annotation.RequestBody.class)
                        ? Problem.of(HttpStatus.BAD_REQUEST, "malformed")
                        : Problem.invalid(List.of(Field.of(name, "malformed")));
    }

    /** No JSON at all is 400; JSON with a wrong field is 422 and names it. */
    private static Problem json(JacksonException failure) {
        var path =
                failure.getPath().stream()
                        .map(
                                step ->
                                        step.getPropertyName() == null
                                                ? "[" + step.getIndex() + "]"
                                                : step.getPropertyName())
                        .collect(Collectors.joining("."));
        if (failure instanceof StreamReadException || path.isEmpty()) {
            return Problem.of(HttpStatus.BAD_REQUEST, "malformed");
        }
        return Problem.invalid(
                List.of(
                        Field.of(
                                path,
                                failure
                                                instanceof
                                                tools.jackson.databind.exc
                                                        .UnrecognizedPropertyException
                                        ? "unknown"
                                        : "malformed")));
    }

    private static Problem status(ResponseStatusException failure) {
        var status = HttpStatus.resolve(failure.getStatusCode().value());
        return switch (status) {
            case null -> Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "error");
            case NOT_FOUND -> Problem.of(status, "not-found");
            case METHOD_NOT_ALLOWED -> Problem.of(status, "method-not-allowed");
            case NOT_ACCEPTABLE -> Problem.of(status, "not-acceptable");
            case UNSUPPORTED_MEDIA_TYPE -> Problem.of(status, "unsupported-media-type");
            case FORBIDDEN -> Problem.of(status, "forbidden");
            case UNAUTHORIZED -> Problem.of(status, "unauthorized");
            case CONTENT_TOO_LARGE -> Problem.of(status, "too-large");
            case REQUESTED_RANGE_NOT_SATISFIABLE -> Problem.of(status, "no-such-range");
            case UPGRADE_REQUIRED -> Problem.of(status, "upgrade-required");
            case SERVICE_UNAVAILABLE -> unavailable();
            default ->
                    status.is4xxClientError()
                            ? Problem.of(status, "malformed")
                            : Problem.of(status, "error");
        };
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (var each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }
}
