package io.guanjia.running;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Fails the test during which anything blocked a thread that must not wait. In force for every test
 * here; {@code META-INF/services} names it.
 */
public final class NothingBlocks implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final Queue<Throwable> SEEN = new ConcurrentLinkedQueue<>();

    static {
        BlockHound.builder()
                .blockingMethodCallback(NothingBlocks::blocked)
                // Loading a class reads its file, once.
                .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
                .allowBlockingCallsInside(
                        "java.util.ServiceLoader$LazyClassPathLookupIterator", "hasNext")
                // Messages of constraints and of problems are read from their bundles, once.
                .allowBlockingCallsInside("java.util.ResourceBundle", "getBundle")
                // Netty's pool and the producer's are locked for as long as somebody takes a
                // buffer;
                // for room in the latter nobody waits (max.block.ms=0).
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .allowBlockingCallsInside(
                        "org.apache.kafka.clients.producer.internals.BufferPool", "allocate")
                .install();
    }

    private static void blocked(BlockingMethod method) {
        var error = new BlockingOperationError(method);
        SEEN.add(error);
        throw error;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Being loaded is enough.
    }

    @Override
    public void afterEach(ExtensionContext context) {
        complain();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        complain();
    }

    private static void complain() {
        var seen = new ArrayList<Throwable>();
        for (var each = SEEN.poll(); each != null; each = SEEN.poll()) {
            seen.add(each);
        }
        if (!seen.isEmpty()) {
            var error = new AssertionError("blocked a thread that must not wait: " + seen.size());
            seen.stream().limit(3).forEach(error::addSuppressed);
            throw error;
        }
    }
}
