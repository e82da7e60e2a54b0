package io.guanjia.security;

import io.guanjia.gateway.desk.Role;
import io.guanjia.gateway.desk.Viewer;
import io.guanjia.security.DeskUsers.DeskUser;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Who is signed in.
 *
 * @param locale what they chose to read, null where they have not
 */
record Me(
        String username,
        String name,
        List<Role> roles,
        @Schema(allowableValues = {"online", "away"}) String presence,
        @Nullable String locale) {

    static Me of(DeskUser user) {
        return new Me(
                user.username(),
                user.name(),
                user.roles().stream().sorted().toList(),
                user.presence(),
                user.locale());
    }

    /** Another system: it has no presence of its own. */
    static Me of(Viewer service) {
        return new Me(
                service.username(),
                service.username(),
                service.roles().stream().sorted().toList(),
                "away",
                null);
    }
}
