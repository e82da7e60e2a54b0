package io.guanjia.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

import java.util.Objects;

/**
 * Names the setting that is missing or malformed. Unlike Spring's own analysis it never prints the
 * value: a secret with one character too many is still a secret.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BindFailure extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        var invalid = findCause(cause, BindValidationException.class);
        if (invalid != null) {
            return invalid(cause, invalid);
        }
        // A record that refuses its values says why in its own words.
        var refused = findCause(cause, IllegalArgumentException.class);
        var type = cause.getTarget().getType().resolve(Object.class);
        if (refused != null && type.isRecord() && refused.getMessage() != null) {
            return new FailureAnalysis(
                    "The settings under "
                            + cause.getName()
                            + " do not fit: "
                            + refused.getMessage(),
                    "Change them in your settings file; config/guanjia.yaml shows every key.",
                    cause);
        }
        return Settings.wrong(
                cause, cause.getName().toString(), "cannot be read", Settings.shape(type));
    }

    private static FailureAnalysis invalid(BindException cause, BindValidationException invalid) {
        var prefix = invalid.getValidationErrors().getName().toString();
        var errors = invalid.getValidationErrors().getAllErrors();
        var first = errors.getFirst();
        var missing =
                first instanceof FieldError field
                        && (field.getRejectedValue() == null
                                || field.getRejectedValue().toString().isBlank());
        var analysis =
                Settings.wrong(
                        cause,
                        key(prefix, first),
                        missing ? "is missing" : "is malformed",
                        "a value that fits this rule: "
                                + Objects.requireNonNullElse(
                                        first.getDefaultMessage(), first.getCode()));
        if (errors.size() == 1) {
            return analysis;
        }
        var others = new StringBuilder(analysis.getDescription()).append(" So are:");
        errors.stream()
                .skip(1)
                .map(error -> key(prefix, error) + ": " + error.getDefaultMessage())
                .sorted()
                .forEach(line -> others.append(System.lineSeparator()).append("  ").append(line));
        return new FailureAnalysis(others.toString(), analysis.getAction(), cause);
    }

    private static String key(String prefix, ObjectError error) {
        return error instanceof FieldError field ? prefix + "." + kebab(field.getField()) : prefix;
    }

    /** {@code apiTokens[0].aesKey} is {@code api-tokens[0].aes-key} in a settings file. */
    private static String kebab(String field) {
        return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
    }
}
