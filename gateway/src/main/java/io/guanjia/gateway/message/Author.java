package io.guanjia.gateway.message;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

/**
 * Who says a message.
 *
 * @param name a username for a person at the desk, the token's name for another system
 */
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

    /** Another system that says something through us. */
    public static Author system(String name) {
        return new Author(Kind.SYSTEM, name);
    }

    public static Author agent(String username) {
        return new Author(Kind.AGENT, username);
    }
}
