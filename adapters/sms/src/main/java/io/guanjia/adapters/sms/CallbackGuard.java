package io.guanjia.adapters.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.network.Networks;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.util.List;

/**
 * Tells a provider that signs nothing from anybody else: by a key in the address that was entered
 * in its console, and by where it calls from.
 */
public final class CallbackGuard {

    private static final String KEY = "key";

    private final byte @Nullable [] key;
    private final Networks from;

    /**
     * @param key null where callbacks prove themselves in another way
     * @param from addresses and networks; anywhere if there are none
     */
    public CallbackGuard(@Nullable String key, List<String> from) {
        this.key = key == null ? null : key.getBytes(UTF_8);
        this.from = Networks.of(from);
    }

    /** Fails with {@link CallbackRejected}. */
    public void check(Callback callback) {
        if (!from.isEmpty() && !isListed(callback.from())) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "address");
        }
        if (key != null) {
            var given = callback.query().getOrDefault(KEY, "").getBytes(UTF_8);
            if (!MessageDigest.isEqual(key, given)) {
                throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, KEY);
            }
        }
    }

    private boolean isListed(@Nullable String address) {
        if (address == null) {
            return false;
        }
        try {
            return from.contain(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
