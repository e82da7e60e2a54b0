package io.guanjia.contract;

/** By which a channel reaches its platform. */
public sealed interface Line {

    /**
     * Calls of its API.
     *
     * @param path of the call by which a text goes out
     */
    record Http(FakePlatform platform, String path) implements Line {}

    /**
     * Something of its own.
     *
     * @param breaks breaks it, so that nothing goes out any more
     */
    record Own(Runnable breaks) implements Line {}
}
