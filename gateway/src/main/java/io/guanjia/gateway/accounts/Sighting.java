package io.guanjia.gateway.accounts;

import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.HealthSign;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What one node sees of an account. Another may see something else: it has lines of its own to the
 * platform, and settings of its own.
 *
 * @param trouble why the account is not in force there, null where it is
 */
record Sighting(@Nullable Trouble trouble, List<HealthSign> signs, List<CallsLeft> calls) {

    Sighting {
        signs = List.copyOf(signs);
        calls = List.copyOf(calls);
    }
}
