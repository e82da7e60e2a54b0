package io.guanjia.gateway.conversation;

import static java.util.Objects.requireNonNull;

import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.conversation.DeskCommands.Actor;
import io.guanjia.gateway.message.Address;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Takes back what a person at the desk said, where the account can and for as long as it can. The
 * message stays on record with its words, and with who took it back.
 */
final class Recalls {

    /** The time runs from the try that got it through, however long it waited before. */
    private static final String FIND =
            """
            select d.id::text as delivery, d.channel, d.account, d.party,
                coalesce(d.platform_id, '') as platform_id,
                coalesce(d.leased_at, m.received_at) as went_at,
                m.recalled_at is not null as recalled, m.conversation_id
            from message m join delivery d on d.message_id = m.id
            where m.id = :message and d.state in ('accepted', 'delivered', 'read')
                and m.author_kind = 'agent' and (m.author_name = :by or :supervises)
            """;

    private static final String NOTE =
            """
            with bumped as (
                update conversation c
                set revision = c.revision + 1, changed_at = clock_timestamp(),
                    last_text = case
                        when exists (
                            select 1 from message later
                            where later.conversation_id = c.id and later.seq > m.seq
                                and later.direction <> 'note')
                        then c.last_text else :words end
                from message m
                where m.id = :message and m.recalled_at is null and c.id = m.conversation_id
                returning c.id, c.revision
            )
            update message m
            set recalled_at = clock_timestamp(), recalled_by = :by, revision = b.revision
            from bumped b where m.id = :message
            """;

    private final DatabaseClient database;
    private final Channels channels;
    private final Preview preview;
    private final Clock clock;

    Recalls(DatabaseClient database, Channels channels, Preview preview, Clock clock) {
        this.database = database;
        this.channels = channels;
        this.preview = preview;
        this.clock = clock;
    }

    private record Sent(
            Address to,
            String delivery,
            String platformId,
            Instant wentAt,
            boolean recalled,
            UUID conversation) {}

    /**
     * Emits the conversation it was in; nothing changes where it is taken back already. Fails with
     * {@link DeskRefusal.NotRecallable}.
     */
    Mono<UUID> recall(UUID message, Actor by) {
        return database.sql(FIND)
                .bind("message", message)
                .bind("by", by.username())
                .bind("supervises", by.supervises())
                .map(Recalls::sent)
                .one()
                .filter(sent -> sent.recalled() || inTime(sent))
                .switchIfEmpty(Mono.error(DeskRefusal.NotRecallable::new))
                .flatMap(sent -> recall(message, sent, by).thenReturn(sent.conversation()));
    }

    private Mono<Void> recall(UUID message, Sent sent, Actor by) {
        if (sent.recalled()) {
            return Mono.empty();
        }
        return channels.require(sent.to().channel())
                .recall(sent.to(), sent.delivery(), new Accepted(sent.platformId()))
                .onErrorMap(DeliveryException.class, _ -> new DeskRefusal.NotRecallable())
                .then(Mono.defer(() -> note(message, by)));
    }

    private Mono<Void> note(UUID message, Actor by) {
        return database.sql(NOTE)
                .bind("message", message)
                .bind("by", by.username())
                .bind("words", preview.recalled())
                .then();
    }

    private boolean inTime(Sent sent) {
        Duration within =
                channels.findAccount(sent.to().channel(), sent.to().account())
                        .map(ChannelAccount::capabilities)
                        .map(Capabilities::recall)
                        .orElse(Duration.ZERO);
        return clock.instant().isBefore(sent.wentAt().plus(within));
    }

    private static Sent sent(Readable row) {
        return new Sent(
                new Address(text(row, "channel"), text(row, "account"), text(row, "party")),
                text(row, "delivery"),
                text(row, "platform_id"),
                requireNonNull(row.get("went_at", Instant.class)),
                requireNonNull(row.get("recalled", Boolean.class)),
                requireNonNull(row.get("conversation_id", UUID.class)));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }
}
