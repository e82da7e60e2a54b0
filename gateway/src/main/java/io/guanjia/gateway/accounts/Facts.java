package io.guanjia.gateway.accounts;

import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.outbound.OpenCircuit;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * All that is known of how an account is doing.
 *
 * @param trouble why it is not in force on all nodes, null where it is or should not be
 * @param signs what the channel itself says, on whichever node
 */
record Facts(
        boolean enabled,
        @Nullable Seen<Trouble> trouble,
        List<OpenCircuit> circuits,
        List<Seen<HealthSign>> signs,
        List<CallsLeft> calls,
        Queue queue,
        Contact contact) {

    Facts {
        circuits = List.copyOf(circuits);
        signs = List.copyOf(signs);
        calls = List.copyOf(calls);
    }
}
