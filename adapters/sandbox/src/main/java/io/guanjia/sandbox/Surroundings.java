package io.guanjia.sandbox;

import io.guanjia.sandbox.history.Changes;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a platform finds in its sandbox.
 *
 * @param clock the sandbox's, which can be shifted
 * @param changes to be told of what pages show
 * @param seed makes faults repeatable
 * @param host the address that other servers of the platform's are to listen on
 * @param address where the sandbox is reached; known once it listens
 * @param resultDelay how long after a message its result comes
 * @param historySize how many callbacks and calls each account remembers
 * @param chatKept how many entries each chat remembers
 */
public record Surroundings(
        Clock clock,
        Changes changes,
        long seed,
        String host,
        Supplier<URI> address,
        Duration resultDelay,
        int historySize,
        int chatKept) {}
