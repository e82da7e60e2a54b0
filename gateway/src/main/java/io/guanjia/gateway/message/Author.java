package io.guanjia.gateway.message;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

/** Who says a message. {@code name} is a username for a person at the desk. */
public record Author(Kind kind, @Nullable String name) {

    public enum Kind {
        @JsonProperty("customer")
        CUSTOMER,
        @JsonProperty("bot")
        BOT,
        @JsonProperty("agent")
        AGENT,
        @JsonProperty("system")
        SYSTEM
    }

    public static final Author CUSTOMER = new Author(Kind.CUSTOMER, null);
    public static final Author BOT = new Author(Kind.BOT, null);
    public static final Author SYSTEM = new Author(Kind.SYSTEM, null);

    public static Author agent(String username) {
        return new Author(Kind.AGENT, username);
    }
}
