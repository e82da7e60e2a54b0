package io.guanjia.gateway.conversation;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.conversation.ConversationCommit.Stale;
import io.guanjia.gateway.conversation.Draft.Line;
import io.guanjia.gateway.conversation.Draft.Party;
import io.guanjia.gateway.downgrade.Said;
import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.outbound.Outbox;

import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Says something to a party that nobody is asked for: another system's notice, a template message.
 *
 * <p>It stands in the thread like everything else and changes nothing about who answers. It goes
 * out by the same way, within the same windows and paces.
 */
public final class Notices {

    /** The customer or the desk was quicker: it is added to what they left. */
    private static final Retry WHEN_STALE = Retry.max(20).filter(Stale.class::isInstance);

    private final ConversationStore store;
    private final ConversationCommit commit;
    private final Sayable sayable;
    private final Outbox outbox;
    private final Doorbell doorbell;
    private final Ids ids;
    private final Clock clock;

    Notices(
            ConversationStore store,
            ConversationCommit commit,
            Sayable sayable,
            Outbox outbox,
            Doorbell doorbell,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.commit = commit;
        this.sayable = sayable;
        this.outbox = outbox;
        this.doorbell = doorbell;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Something to be said.
     *
     * @param to may be a party of whom nobody has heard
     * @param key the sender's own: the second notice to a party with the same one is not sent
     */
    public record Notice(Address to, Content content, Author by, String key) {

        /** Leaves out what is said and to whom: this ends up in logs. */
        @Override
        public String toString() {
            return "Notice[by=" + by + ", key=" + key + "]";
        }
    }

    /**
     * Emits the message's id after the commit, or the first one's where there was one with this
     * key. Fails with {@link DeskRefusal} where the account cannot say this.
     */
    public Mono<UUID> send(Notice notice) {
        return Mono.fromSupplier(() -> sayable.require(notice.to(), notice.content()))
                .flatMap(said -> send(notice, said));
    }

    private Mono<UUID> send(Notice notice, List<Said> said) {
        return store.withLatest(notice.to())
                .flatMap(
                        party ->
                                store.lineOf(party.id(), "out", notice.key())
                                        .switchIfEmpty(Mono.defer(() -> add(party, notice, said))))
                .retryWhen(WHEN_STALE);
    }

    private Mono<UUID> add(Party party, Notice notice, List<Said> said) {
        var now = clock.instant();
        var draft = new Draft(party, sayable, ids);
        var lines =
                IntStream.range(0, said.size())
                        .mapToObj(i -> line(notice, said.get(i), i, now))
                        .toList();
        lines.forEach(draft::addNotice);
        return commit.commit(List.of(draft), now)
                .flatMap(changed -> doorbell.ring(changed).then(Mono.fromRunnable(outbox::kick)))
                .thenReturn(lines.getFirst().id());
    }

    private Line line(Notice notice, Said said, int place, Instant now) {
        return new Line(
                ids.next(),
                "out",
                notice.by(),
                said,
                null,
                null,
                place == 0 ? notice.key() : notice.key() + "#" + (place + 1),
                now,
                now,
                null);
    }
}
