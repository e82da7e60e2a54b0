package io.guanjia.gateway.desk;

import io.guanjia.gateway.desk.DeskDoor.Pass;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The sockets that are open on this node. */
final class OpenSockets implements Iterable<DeskSocket> {

    private final Set<DeskSocket> all = ConcurrentHashMap.newKeySet();

    void add(DeskSocket socket) {
        all.add(socket);
    }

    void remove(DeskSocket socket) {
        all.remove(socket);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Goes on while sockets come and go. */
    @Override
    public Iterator<DeskSocket> iterator() {
        return all.iterator();
    }

    Set<Pass> passes() {
        return all.stream().map(DeskSocket::pass).collect(Collectors.toSet());
    }

    Set<String> usernames() {
        return all.stream().map(socket -> socket.viewer().username()).collect(Collectors.toSet());
    }
}
