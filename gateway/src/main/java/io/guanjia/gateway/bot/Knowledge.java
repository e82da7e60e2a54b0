package io.guanjia.gateway.bot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One version of everything the knowledge editors wrote. */
final class Knowledge {

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Rules rules;

    Knowledge(List<Entry> entries, Rules rules) {
        entries.forEach(entry -> this.entries.put(entry.id(), entry));
        this.rules = rules;
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    Optional<Entry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    Rules rules() {
        return rules;
    }
}
