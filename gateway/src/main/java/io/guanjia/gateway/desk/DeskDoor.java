package io.guanjia.gateway.desk;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Lets people in to the socket, and says when they have to leave. */
public interface DeskDoor {

    /** Takes the ticket away. Empty where it is unknown, already used or too old. */
    Mono<Pass> admit(String ticket);

    /** How each of these stands now. To be asked every few seconds, for all at once. */
    Mono<Map<Pass, Standing>> check(Collection<Pass> passes);

    /**
     * What somebody came in with.
     *
     * @param locale the language they read
     * @param session which sign-in it hangs on; opaque
     */
    record Pass(Viewer viewer, Locale locale, String session) {

        /** Leaves out the session: this ends up in logs. */
        @Override
        public String toString() {
            return "Pass[" + viewer.username() + "]";
        }
    }

    enum Standing {
        GOOD,
        /** Signed out, expired or disabled. */
        ENDED,
        /** Has other roles than when they came in. */
        CHANGED
    }
}
