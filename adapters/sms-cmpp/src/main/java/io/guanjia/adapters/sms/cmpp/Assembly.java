package io.guanjia.adapters.sms.cmpp;

import io.guanjia.cmpp.protocol.Pdu.Deliver;
import io.guanjia.cmpp.protocol.UserDataHeader.Part;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of long messages until they are complete. What waits is bounded in number and in time:
 * beyond that a message goes on with the parts it has, so none is lost and no memory fills up.
 *
 * <p>The carrier hears of a part only when its message is durable, and then of all of them. Safe
 * for use by several threads.
 */
final class Assembly {

    private static final int MOST_PARTS = 10_000;

    private final long patience;
    private final Map<Key, Growing> growing = new LinkedHashMap<>();
    private int parts;

    /**
     * @param patience in nanoseconds
     */
    Assembly(long patience) {
        this.patience = patience;
    }

    private record Key(String source, String destination, int reference, int total) {}

    /**
     * A message, whole or not.
     *
     * @param parts by their numbers
     * @param answers say that we have it, one for each arrival of a part
     */
    record Assembled(int total, SortedMap<Integer, Deliver> parts, List<Runnable> answers) {}

    private static final class Growing {
        private final long since;
        private final SortedMap<Integer, Deliver> parts = new TreeMap<>();
        private final List<Runnable> answers = new ArrayList<>();

        Growing(long since) {
            this.since = since;
        }
    }

    /** Takes a part, and returns what is to go on because of it: mostly nothing or one message. */
    synchronized List<Assembled> add(Deliver deliver, Part part, Runnable answer, long now) {
        var done = new ArrayList<Assembled>(1);
        var key = new Key(deliver.source(), deliver.destination(), part.reference(), part.total());
        var message = growing.get(key);
        if (message != null && isAnother(message.parts.get(part.number()), deliver)) {
            // The phone has begun to count anew before the first message was complete.
            done.add(remove(key));
            message = null;
        }
        if (message == null) {
            message = new Growing(now);
            growing.put(key, message);
        }
        if (message.parts.put(part.number(), deliver) == null) {
            parts++;
        }
        message.answers.add(answer);
        if (message.parts.size() == part.total()) {
            done.add(remove(key));
        } else if (parts > MOST_PARTS) {
            done.add(remove(growing.keySet().iterator().next()));
        }
        return done;
    }

    /** What has waited too long. */
    synchronized List<Assembled> overdue(long now) {
        var done = new ArrayList<Assembled>();
        while (!growing.isEmpty()) {
            var eldest = growing.entrySet().iterator().next();
            if (now - eldest.getValue().since < patience) {
                break;
            }
            done.add(remove(eldest.getKey()));
        }
        return done;
    }

    private static boolean isAnother(@Nullable Deliver present, Deliver arrived) {
        return present != null && present.msgId() != arrived.msgId();
    }

    private Assembled remove(Key key) {
        var message = growing.remove(key);
        if (message == null) {
            throw new IllegalStateException("not there");
        }
        parts -= message.parts.size();
        return new Assembled(key.total(), message.parts, message.answers);
    }
}
