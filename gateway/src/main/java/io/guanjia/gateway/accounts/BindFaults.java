package io.guanjia.gateway.accounts;

import io.guanjia.gateway.accounts.AccountRefusal.Fault;
import io.guanjia.gateway.channel.ManagedAccounts.Field;

import org.springframework.beans.BeanInstantiationException;
import org.springframework.boot.context.properties.bind.BindException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says what is wrong with settings that cannot be bound, field by field and never with a value.
 *
 * <p>A settings record names all its problems in one message, divided by semicolons, each beginning
 * with its key: {@code app-id must be set; token must be set}.
 */
final class BindFaults {

    /** Under which an account is bound. */
    static final String ROOT = "account";

    /** What its fields are called in the interface. */
    static final String SETTINGS = "settings.";

    private static final String ALL = "settings";

    private BindFaults() {}

    static List<Fault> of(BindException failure, List<Field> fields) {
        var at = failure.getName().toString();
        var inside = at.length() > ROOT.length() ? at.substring(ROOT.length() + 1) : "";
        return refusal(failure)
                .map(message -> divided(message, inside, fields))
                .orElseGet(
                        () ->
                                List.of(
                                        Fault.of(
                                                inside.isEmpty() ? ALL : SETTINGS + inside,
                                                "malformed")));
    }

    /** What the record's constructor said; empty where it was never called. */
    private static Optional<String> refusal(Throwable failure) {
        for (var each = failure; each != null; each = each.getCause()) {
            if (each instanceof BeanInstantiationException
                    && each.getCause() instanceof IllegalArgumentException refused) {
                return Optional.ofNullable(refused.getMessage());
            }
        }
        return Optional.empty();
    }

    private static List<Fault> divided(String message, String inside, List<Field> fields) {
        var faults = new ArrayList<Fault>();
        for (var part : message.split("; ")) {
            var field = field(part, inside, fields);
            var last = faults.isEmpty() ? null : faults.getLast();
            if (field.equals(ALL) && last != null) {
                // The rest of a sentence.
                faults.removeLast();
                faults.add(new Fault(last.field(), last.message() + "; " + part, last.code()));
            } else {
                faults.add(new Fault(field, part, "malformed"));
            }
        }
        return faults;
    }

    private static String field(String part, String inside, List<Field> fields) {
        if (!inside.isEmpty()) {
            return SETTINGS + inside;
        }
        var key = part.strip().split("[ :\\[]", 2)[0];
        if (key.equals("name")) {
            return key;
        }
        // A map is one setting where it has no field for each of its keys.
        return Stream.of(key, key.split("\\.", 2)[0])
                .filter(word -> fields.stream().anyMatch(field -> field.key().equals(word)))
                .findFirst()
                .map(word -> SETTINGS + word)
                .orElse(ALL);
    }
}
