package io.guanjia.gateway.message;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

/**
 * Who says a message.
 *
 * @param name a username for a person at the desk, the platform's name for one of our people
 *     elsewhere, the token's name for another system
 */
public record Author(Kind kind, @Nullable String name) {

    public enum Kind {
        @JsonProperty("customer")
        CUSTOMER,
        @JsonProperty("bot")
        BOT,
        @JsonProperty("agent")
        AGENT,
        /** One of our people, who works in the platform's own client. */
        @JsonProperty("colleague")
        COLLEAGUE,
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

    /** One of our people, by the platform's name. */
    public static Author colleague(String member) {
        return new Author(Kind.COLLEAGUE, member.isEmpty() ? null : member);
    }

    public static Author agent(String username) {
        return new Author(Kind.AGENT, username);
    }
}
