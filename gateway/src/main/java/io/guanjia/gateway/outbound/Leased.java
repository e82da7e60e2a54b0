package io.guanjia.gateway.outbound;

import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.UUID;

/**
 * A delivery that this node, and no other, may try to send now.
 *
 * @param lease to be named with the outcome
 * @param lane the rank of its {@link Lane}
 * @param content null where it cannot be read
 * @param reason why it did not go out before, null at the first try
 * @param limited whether it drew on a reply window
 * @param probe whether it is to find out if a way that was shut works again
 */
record Leased(
        UUID id,
        UUID lease,
        Way way,
        Address to,
        Author author,
        int lane,
        @Nullable Content content,
        int attempts,
        @Nullable String reason,
        boolean limited,
        boolean probe) {

    static Leased read(
            Readable row,
            StoredContent stored,
            Way way,
            UUID lease,
            boolean limited,
            boolean probe) {
        return new Leased(
                Columns.required(row, "id", UUID.class),
                lease,
                way,
                new Address(
                        way.channel(), way.account(), Columns.required(row, "party", String.class)),
                new Author(
                        Author.Kind.valueOf(
                                Columns.required(row, "author_kind", String.class)
                                        .toUpperCase(Locale.ROOT)),
                        row.get("author_name", String.class)),
                Columns.required(row, "lane", Integer.class),
                stored.read(Columns.required(row, "content", String.class)).orElse(null),
                Columns.required(row, "attempts", Integer.class),
                row.get("reason", String.class),
                limited && Columns.required(row, "uses_window", Boolean.class),
                probe);
    }

    /** Leaves out what is said and to whom: this ends up in logs. */
    @Override
    public String toString() {
        return "Leased[" + id + ", " + way + "]";
    }
}
