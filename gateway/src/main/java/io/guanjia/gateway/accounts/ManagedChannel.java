package io.guanjia.gateway.accounts;

import io.guanjia.gateway.accounts.AccountRefusal.Fault;
import io.guanjia.gateway.accounts.AccountRefusal.Invalid;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.gateway.channel.ManagedAccounts.Field;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A channel whose accounts are managed here: makes its settings from keys and values, as the
 * settings file does.
 *
 * @param <A> its settings
 */
final class ManagedChannel<A> {

    private static final String NAME = "name";

    private final ManagedAccounts<A> managed;
    private final List<Field> fields;

    ManagedChannel(ManagedAccounts<A> managed) {
        this.managed = managed;
        // What an account is called is nobody's setting but ours.
        this.fields = managed.fields().stream().filter(field -> !field.key().equals(NAME)).toList();
    }

    static ManagedChannel<?> of(ManagedAccounts<?> accounts) {
        return new ManagedChannel<>(accounts);
    }

    String name() {
        return managed.channel();
    }

    boolean calledBack() {
        return managed.calledBack();
    }

    /** What an administrator fills in, beside the name. */
    List<Field> fields() {
        return fields;
    }

    Optional<Field> field(String key) {
        return fields.stream().filter(field -> field.key().equals(key)).findFirst();
    }

    /**
     * Everything that is wrong, one thing for each field: what is not said and has to be, and what
     * cannot be worked with.
     */
    List<Fault> faults(String name, Map<String, String> values) {
        var faults = new LinkedHashMap<String, Fault>();
        missing(values.keySet()).forEach(fault -> faults.put(fault.field(), fault));
        var rest = new HashMap<>(values);
        var more = true;
        while (more) {
            var found = refused(name, rest);
            found.forEach(fault -> faults.putIfAbsent(fault.field(), fault));
            // What cannot even be read keeps the rest from being looked at.
            more =
                    found.stream()
                            .filter(fault -> fault.message() == null)
                            .filter(fault -> fault.field().startsWith(BindFaults.SETTINGS))
                            .map(fault -> fault.field().substring(BindFaults.SETTINGS.length()))
                            .anyMatch(key -> rest.remove(key) != null);
        }
        return List.copyOf(faults.values());
    }

    private List<Fault> refused(String name, Map<String, String> values) {
        try {
            var _ = bind(name, values);
            return List.of();
        } catch (Invalid invalid) {
            return invalid.faults();
        }
    }

    private List<Fault> missing(Set<String> given) {
        return fields.stream()
                .filter(field -> field.required() && !given.contains(field.key()))
                .map(field -> Fault.of(BindFaults.SETTINGS + field.key(), "missing"))
                .toList();
    }

    /** Fails with {@link Invalid}, which names what is wrong by its key. */
    A bind(String name, Map<String, String> values) {
        var properties = new HashMap<String, Object>();
        values.forEach((key, value) -> properties.put(BindFaults.ROOT + "." + key, value));
        properties.put(BindFaults.ROOT + "." + NAME, name);
        try {
            return new Binder(new MapConfigurationPropertySource(properties))
                    .bind(BindFaults.ROOT, Bindable.of(managed.type()))
                    .get();
        } catch (BindException failure) {
            throw new Invalid(BindFaults.of(failure, fields));
        }
    }

    /** Works with the accounts of the settings file and these. */
    void use(List<?> accounts) {
        var all = new ArrayList<A>(managed.fromSettings());
        accounts.forEach(account -> all.add(managed.type().cast(account)));
        managed.replaceAccounts(List.copyOf(all));
    }
}
