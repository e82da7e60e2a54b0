package io.guanjia.contract;

import io.guanjia.gateway.channel.DeliveryException;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The codes by which a platform says no. */
public sealed interface ErrorCodes {

    /**
     * Those of one table.
     *
     * @param known every code that the channel's own table knows, taken from that table so that
     *     none is left out, with what it has to become; empty where the message has been taken all
     *     the same
     * @param unheardOf a code that no table knows
     * @param answers makes the platform answer by that code from now on
     */
    record Table(
            Map<String, Optional<Class<? extends DeliveryException>>> known,
            String unheardOf,
            Consumer<String> answers)
            implements ErrorCodes {

        public Table {
            known = Map.copyOf(known);
        }
    }

    /**
     * There is no platform that could say no by a code.
     *
     * @param why for the reader
     */
    record None(String why) implements ErrorCodes {}
}
