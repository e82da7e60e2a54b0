package io.guanjia.sandbox.wecom;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * The access tokens of corporations' applications: the same one for as long as it is good. Safe for
 * use by several threads.
 */
final class CorpTokens {

    private static final Duration LIFE = Duration.ofHours(2);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;
    private final Map<String, Grant> current = new HashMap<>();
    private final Map<String, Grant> issued = new HashMap<>();
    private long refreshes;

    CorpTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * A token.
     *
     * @param owner whose it is
     */
    record Grant(String token, String owner, Instant until) {

        /** Leaves out the token. */
        @Override
        public String toString() {
            return "Grant[" + owner + "]";
        }
    }

    synchronized Grant issue(String owner) {
        var grant = current.get(owner);
        if (grant == null || !clock.instant().isBefore(grant.until)) {
            var random = new byte[48];
            RANDOM.nextBytes(random);
            var token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            grant = new Grant(token, owner, clock.instant().plus(LIFE));
            current.put(owner, grant);
            issued.put(token, grant);
            refreshes++;
        }
        return grant;
    }

    long secondsLeft(Grant grant) {
        return Duration.between(clock.instant(), grant.until).toSeconds();
    }

    /** Whose token that is. */
    synchronized String check(String token) {
        var grant = issued.get(token);
        if (grant == null) {
            throw new CorpRefusal(
                    token.isEmpty() ? CorpError.TOKEN_MISSING : CorpError.INVALID_TOKEN);
        }
        if (!clock.instant().isBefore(grant.until)) {
            throw new CorpRefusal(CorpError.TOKEN_EXPIRED);
        }
        return grant.owner;
    }

    /** Ends every token: 42001 from now on. */
    synchronized void expireAll() {
        issued.replaceAll(
                (token, grant) -> new Grant(token, grant.owner, clock.instant().minusSeconds(1)));
        current.clear();
    }

    /** How many different ones were issued. */
    synchronized long refreshes() {
        return refreshes;
    }
}
