package io.guanjia.gateway.desk;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do. Stored and shown in lower case. */
public enum Role {
    /** Serves customers. */
    @JsonProperty("agent")
    AGENT,
    /** Also sees, and may act on, what others are serving. */
    @JsonProperty("supervisor")
    SUPERVISOR,
    /** Also sets the product up. */
    @JsonProperty("administrator")
    ADMINISTRATOR;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Takes upper and lower case. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
