package io.guanjia.security;

import java.time.Duration;

/** A sign-in, or a request of somebody signed in, that is turned away. */
public abstract sealed class SignInProblem extends RuntimeException {

    private SignInProblem(String message) {
        super(message, null, false, false);
    }

    /** The user does not exist, is disabled, or the password is wrong: nobody learns which. */
    public static final class BadCredentials extends SignInProblem {
        BadCredentials() {
            super("bad credentials");
        }
    }

    /** Too many failures. Nothing was tried. */
    public static final class TooManyAttempts extends SignInProblem {
        private final Duration retryAfter;

        TooManyAttempts(Duration retryAfter) {
            super("too many attempts");
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** No proof that our own page sent it. */
    public static final class CsrfMissing extends SignInProblem {
        CsrfMissing() {
            super("no CSRF token");
        }
    }
}
