package io.guanjia.adapters.sms.cmpp;

import io.guanjia.cmpp.protocol.Pdu.Deliver;

import java.util.SortedMap;
import java.util.UUID;

/**
 * A message that came in parts and to which none is added any more, whole or not.
 *
 * @param parts by their numbers, which begin at 1. Never empty
 */
record LongMessage(UUID id, String account, int total, SortedMap<Integer, Deliver> parts) {

    boolean isWhole() {
        return parts.size() == total;
    }

    /** Leaves out what is said: this ends up in logs. */
    @Override
    public String toString() {
        return "LongMessage[" + id + ", " + parts.keySet() + " of " + total + "]";
    }
}
