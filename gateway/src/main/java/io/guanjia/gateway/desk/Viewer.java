package io.guanjia.gateway.desk;

import io.guanjia.gateway.conversation.DeskCommands.Actor;
import io.guanjia.gateway.message.Author;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * Who is looking.
 *
 * @param username the service token's name where {@code service}
 * @param service whether this is another system with a token rather than a person: it has no
 *     conversations of its own and sees all
 */
public record Viewer(String username, Set<Role> roles, boolean service) {

    public Viewer {
        roles = Set.copyOf(roles);
    }

    public static Viewer person(String username, Set<Role> roles) {
        return new Viewer(username, roles, false);
    }

    public static Viewer service(String name, Set<Role> roles) {
        return new Viewer(name, roles, true);
    }

    /** Whether what other people are serving is this viewer's business. */
    public boolean supervises() {
        return service || roles.contains(Role.SUPERVISOR) || roles.contains(Role.ADMINISTRATOR);
    }

    /**
     * Whether a conversation in this state may be seen: all but those another person has.
     *
     * @param agent who has it, if anybody
     */
    boolean sees(@Nullable String agent) {
        return supervises() || agent == null || agent.equals(username);
    }

    /** As who says something that is no answer. */
    Author author() {
        return service ? Author.system(username) : Author.agent(username);
    }

    Actor actor() {
        return new Actor(username, supervises());
    }
}
