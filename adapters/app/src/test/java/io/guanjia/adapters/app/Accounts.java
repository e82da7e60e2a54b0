package io.guanjia.adapters.app;

import io.guanjia.adapters.app.AppAccount.Algorithm;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Accounts as settings give them. */
final class Accounts {

    static final String SESSION_KEY = "session-key-0123456789abcdef0123";
    static final String LOGIN_KEY = "login-key-0123456789abcdef012345";
    static final String PUSH_SECRET = "push-secret-0123456789abcdef0123";
    static final String ISSUER = "https://login.bank.example";
    static final String AUDIENCE = "guanjia";
    static final String PAGE = "https://www.bank.example";

    private Accounts() {}

    static AppAccount web() {
        return with(Algorithm.HS256, LOGIN_KEY, null);
    }

    static AppAccount pushing(URI webhook) {
        return with(Algorithm.HS256, LOGIN_KEY, webhook);
    }

    /**
     * @param timeout of one push
     */
    static AppAccount pushing(String name, URI webhook, Duration timeout) {
        return with(name, Algorithm.HS256, LOGIN_KEY, webhook, timeout);
    }

    static AppAccount with(Algorithm algorithm, String key, @Nullable URI webhook) {
        return with("web", algorithm, key, webhook, Duration.ofSeconds(2));
    }

    private static AppAccount with(
            String name, Algorithm algorithm, String key, @Nullable URI webhook, Duration timeout) {
        return new AppAccount(
                name,
                SESSION_KEY,
                algorithm,
                key,
                ISSUER,
                AUDIENCE,
                true,
                Duration.ofDays(180),
                List.of(PAGE),
                100,
                DataSize.ofMegabytes(200),
                Duration.ofMinutes(2),
                webhook,
                webhook == null ? null : PUSH_SECRET,
                timeout);
    }
}
