package io.guanjia.gateway;

import com.github.f4b6a3.uuid.UuidCreator;

import java.util.UUID;

/** Makes ids. Each is greater than those this process made before it. Thread-safe. */
@FunctionalInterface
public interface Ids {

    UUID next();

    /** UUIDs of version 7: in time order, so that an index grows at one end. */
    static Ids timeOrdered() {
        return UuidCreator::getTimeOrderedEpochPlus1;
    }
}
