package io.guanjia.adapters.sms.line;

import java.util.function.Consumer;

/** Takes what the other end asks of us. */
@FunctionalInterface
public interface Receiver<P> {

    /**
     * Called on the connection's event loop, so it may not block.
     *
     * @param answer takes the answer, on any thread, at any time and at most once; without one the
     *     other end will ask again. What comes when the connection is gone is ignored
     */
    void receive(P request, Consumer<P> answer);
}
