package io.guanjia.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.running.Answer;
import io.guanjia.running.Gateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.util.Map;

/** Providers that sign nothing are told from others by a key and by where they call from. */
final class CallbackKeyTest {

    private static final String KEY = "0123456789abcdef";
    private static final String PROVIDER = "203.0.113.7";
    private static final String ACCOUNT = "guanjia.channels.sms-http.accounts[0].";

    private static final Gateway GATEWAY =
            Gateway.start(
                    Map.of(
                            "guanjia.web.trusted-proxies",
                            "127.0.0.0/8",
                            ACCOUNT + "name",
                            "main",
                            ACCOUNT + "api-base",
                            "http://127.0.0.1:9",
                            ACCOUNT + "secret",
                            "a-secret-of-both-sides",
                            ACCOUNT + "callback-key",
                            KEY,
                            ACCOUNT + "callback-from",
                            "203.0.113.0/24"));

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void theKeyMayStandInTheQueryOrInThePath() {
        for (var path : new String[] {"?key=" + KEY, "/" + KEY}) {
            var answer = call(path, PROVIDER);

            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"code\":\"ok\"}");
        }
    }

    @Test
    void anotherKeyIsRefusedWhereverItStands() {
        for (var path : new String[] {"", "?key=" + KEY + "0", "/" + KEY + "0", "/x?key=" + KEY}) {
            assertThat(call(path, PROVIDER).status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void aCallerWhoIsNotListedIsRefusedWhateverItsKey() {
        assertThat(call("?key=" + KEY, "198.51.100.7").status()).isEqualTo(403);
        // Only what our own proxy has seen counts.
        assertThat(call("?key=" + KEY, PROVIDER + ", 198.51.100.7").status()).isEqualTo(403);
    }

    private static Answer call(String rest, String from) {
        return GATEWAY.browser()
                .with("X-Forwarded-For", from)
                .send("POST", "/callbacks/sms-http/main" + rest, "[]");
    }
}
