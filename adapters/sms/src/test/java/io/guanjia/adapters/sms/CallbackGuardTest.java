package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class CallbackGuardTest {

    private static final String KEY = "0123456789abcdef";

    @Test
    void wantsTheKey() {
        var guard = new CallbackGuard(KEY, List.of());

        assertThatCode(() -> guard.check(from(null, KEY))).doesNotThrowAnyException();
        refuses(guard, from(null, KEY + "0"), "key");
        refuses(guard, from(null, ""), "key");
        refuses(guard, callback(Map.of(), "203.0.113.7"), "key");
    }

    @Test
    void wantsTheCallerToBeOnTheList() {
        var guard = new CallbackGuard(KEY, List.of("203.0.113.0/24", "2001:db8::/32"));

        assertThatCode(() -> guard.check(from("203.0.113.7", KEY))).doesNotThrowAnyException();
        assertThatCode(() -> guard.check(from("2001:db8:0:0:0:0:0:1", KEY)))
                .doesNotThrowAnyException();
        refuses(guard, from("203.0.114.7", KEY), "address");
        refuses(guard, from(null, KEY), "address");
        refuses(guard, from("nonsense", KEY), "address");
        refuses(guard, from("203.0.113.7", "wrong"), "key");
    }

    private static void refuses(CallbackGuard guard, Callback callback, String reason) {
        assertThatThrownBy(() -> guard.check(callback))
                .isInstanceOfSatisfying(
                        CallbackRejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    private static Callback from(@Nullable String address, String key) {
        return callback(Map.of("key", key), address);
    }

    private static Callback callback(Map<String, String> query, @Nullable String address) {
        return new Callback("sms-aliyun", "main", query, null, new byte[0], Instant.EPOCH, address);
    }
}
