package io.guanjia.gateway.outbound;

import io.guanjia.gateway.message.Receipt;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The platform's ids of messages whose answers, which bring them, were lost or are not here yet.
 */
final class LostIds {

    /** Only of a message of the same account that has none, so that no id can be changed. */
    private static final String LEARN =
            Changes.statement(
                    "",
                    """
                    select d.id, d.message_id, m.conversation_id, r.platform_id
                    from unnest(:deliveries::uuid[], :channels::text[], :accounts::text[],
                        :ids::text[]) as r(delivery, channel, account, platform_id)
                    join delivery d on d.id = r.delivery and d.channel = r.channel
                        and d.account = r.account
                    join message m on m.id = d.message_id
                    where d.platform_id is null and (d.state in ('sending', 'unknown')) is true
                    """,
                    "platform_id = t.platform_id",
                    "d.platform_id is null and d.state in ('sending', 'unknown')",
                    Changes.Locked.WAIT,
                    "");

    private final Changes changes;

    LostIds(Changes changes) {
        this.changes = changes;
    }

    /** From receipts that name ours as well. */
    Mono<Void> learn(Collection<Receipt> receipts, Instant now) {
        var named = named(receipts);
        if (named.isEmpty()) {
            return Mono.empty();
        }
        return changes.apply(
                        LEARN,
                        sql ->
                                sql.bind(
                                                "deliveries",
                                                named.stream()
                                                        .map(Named::delivery)
                                                        .toArray(UUID[]::new))
                                        .bind("channels", texts(named, one -> one.from().channel()))
                                        .bind("accounts", texts(named, one -> one.from().account()))
                                        .bind("ids", texts(named, Receipt::platformId))
                                        .bind("now", now))
                .then();
    }

    private static List<Named> named(Collection<Receipt> receipts) {
        return receipts.stream().flatMap(receipt -> Named.of(receipt).stream()).toList();
    }

    private static String[] texts(List<Named> named, Function<Receipt, String> value) {
        return named.stream().map(one -> value.apply(one.receipt)).toArray(String[]::new);
    }

    private record Named(UUID delivery, Receipt receipt) {

        /** Empty for what is none of ours: others may send by the same account. */
        static Optional<Named> of(Receipt receipt) {
            try {
                return Optional.ofNullable(receipt.deliveryId())
                        .map(ours -> new Named(UUID.fromString(ours), receipt));
            } catch (IllegalArgumentException notOurs) {
                return Optional.empty();
            }
        }
    }
}
