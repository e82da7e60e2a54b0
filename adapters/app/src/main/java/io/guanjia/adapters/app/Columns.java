package io.guanjia.adapters.app;

import static java.util.Objects.requireNonNull;

import io.guanjia.gateway.message.Address;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import java.util.UUID;

/** How parties stand in the tables. */
final class Columns {

    private Columns() {}

    static GenericExecuteSpec at(GenericExecuteSpec sql, Address address) {
        return sql.bind("account", address.account()).bind("party", address.party());
    }

    static GenericExecuteSpec named(GenericExecuteSpec sql, @Nullable String name) {
        return name == null ? sql.bindNull("name", String.class) : sql.bind("name", name);
    }

    static Address address(Readable row) {
        return new Address(AppChannel.NAME, text(row, "account"), text(row, "party"));
    }

    static UUID id(Readable row, String column) {
        return requireNonNull(row.get(column, UUID.class), column);
    }

    static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class), column);
    }

    static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class), column);
    }
}
