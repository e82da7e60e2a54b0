package io.guanjia.gateway.desk;

import io.guanjia.gateway.desk.ConversationReads.Revision;
import io.guanjia.gateway.desk.MessageReads.After;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The threads that somebody on this node watches, and up to where each has been announced here. */
final class Watched {

    private final Map<UUID, Entry> threads = new ConcurrentHashMap<>();

    private record Entry(long announced, Set<DeskSocket> by) {}

    /**
     * @param now the conversation as it was read before this: what comes later is announced
     */
    void add(DeskSocket socket, Revision now) {
        threads.compute(
                now.conversation(),
                (_, entry) -> {
                    var here =
                            entry == null
                                    ? new Entry(now.revision(), ConcurrentHashMap.newKeySet())
                                    : entry;
                    here.by().add(socket);
                    return here;
                });
    }

    void remove(DeskSocket socket, UUID conversation) {
        threads.computeIfPresent(
                conversation,
                (_, entry) -> {
                    entry.by().remove(socket);
                    return entry.by().isEmpty() ? null : entry;
                });
    }

    Collection<DeskSocket> by(UUID conversation) {
        var entry = threads.get(conversation);
        return entry == null ? List.of() : entry.by();
    }

    /** From where on each of these has to be read; those nobody watches are missing. */
    List<After> after(Collection<UUID> conversations) {
        return conversations.stream()
                .filter(threads::containsKey)
                .map(each -> new After(each, announced(each)))
                .toList();
    }

    private long announced(UUID conversation) {
        var entry = threads.get(conversation);
        return entry == null ? Long.MAX_VALUE : entry.announced();
    }

    void announced(UUID conversation, long revision) {
        threads.computeIfPresent(
                conversation,
                (_, entry) -> new Entry(Math.max(entry.announced(), revision), entry.by()));
    }
}
