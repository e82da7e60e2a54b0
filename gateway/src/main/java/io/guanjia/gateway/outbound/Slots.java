package io.guanjia.gateway.outbound;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many messages are on their way on this node, so that one slow way cannot take them all. */
final class Slots {

    private final int total;
    private final int perWay;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<Way, Integer> takenByWay = new ConcurrentHashMap<>();

    Slots(OutboundSettings settings) {
        total = settings.concurrency();
        perWay = settings.concurrencyPerApi();
    }

    int free(Way way) {
        return Math.min(total - taken.get(), perWay - takenByWay.getOrDefault(way, 0));
    }

    void enter(Way way) {
        taken.incrementAndGet();
        takenByWay.merge(way, 1, Integer::sum);
    }

    void leave(Way way) {
        taken.decrementAndGet();
        takenByWay.computeIfPresent(way, (same, count) -> count > 1 ? count - 1 : null);
    }
}
