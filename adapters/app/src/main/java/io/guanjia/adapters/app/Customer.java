package io.guanjia.adapters.app;

import io.guanjia.gateway.message.Address;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Who is at the other end, as their token proves.
 *
 * @param name as the company's login says, if it does
 * @param until when the token expires
 */
record Customer(Address address, @Nullable String name, Instant until) {

    /** What visitors' ids begin with, and nobody else's. */
    static final String VISITOR = "visitor:";

    boolean visitor() {
        return isVisitor(address.party());
    }

    static boolean isVisitor(String party) {
        return party.startsWith(VISITOR);
    }

    /** Leaves out who it is: this ends up in logs. */
    @Override
    public String toString() {
        return "Customer[" + address + "]";
    }
}
