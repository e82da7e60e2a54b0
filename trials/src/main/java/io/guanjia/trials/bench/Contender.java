package io.guanjia.trials.bench;

import io.guanjia.trials.caller.Caller;

/**
 * A server that takes callbacks, as a process of its own.
 *
 * @param name in the table
 * @param what it does with a callback, in a few words
 * @param caller who calls it
 */
record Contender(String name, String what, int port, String path, Caller caller) {}
