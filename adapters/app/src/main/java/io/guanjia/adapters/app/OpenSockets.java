package io.guanjia.adapters.app;

import io.guanjia.gateway.message.Address;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The sockets that are open on this node, by customer. */
final class OpenSockets {

    private final Map<Address, List<AppSocket>> byCustomer = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    void add(AppSocket socket) {
        byCustomer.merge(
                socket.customer().address(), List.of(socket), (others, one) -> joined(others, one));
        count.incrementAndGet();
    }

    private static List<AppSocket> joined(List<AppSocket> others, List<AppSocket> one) {
        var all = new ArrayList<>(others);
        all.addAll(one);
        return List.copyOf(all);
    }

    /** Whether it was the customer's last one here. */
    boolean remove(AppSocket socket) {
        var left =
                byCustomer.computeIfPresent(
                        socket.customer().address(),
                        (_, all) -> {
                            var others = all.stream().filter(each -> each != socket).toList();
                            count.addAndGet(others.size() - all.size());
                            return others.isEmpty() ? null : others;
                        });
        return left == null;
    }

    List<AppSocket> of(Address customer) {
        return byCustomer.getOrDefault(customer, List.of());
    }

    int count() {
        return count.get();
    }

    /** Goes on while sockets come and go. */
    void forEach(Consumer<AppSocket> action) {
        byCustomer.values().forEach(all -> all.forEach(action));
    }
}
