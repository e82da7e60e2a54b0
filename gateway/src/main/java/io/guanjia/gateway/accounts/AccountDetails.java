package io.guanjia.gateway.accounts;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An account with what it is set to. Secrets are never shown, only that they are set. */
@Schema(name = "AccountDetails")
record AccountDetails(
        @JsonUnwrapped AccountView account,
        Map<String, String> settings,
        @Schema(description = "Since when each secret is set") Map<String, Instant> secrets,
        @Nullable Instant changedAt,
        @Nullable String changedBy,
        @Schema(description = "The latest first") List<Change> changes) {

    /** Who changed what, never to what. */
    @Schema(name = "AccountChange")
    record Change(
            Instant at,
            String by,
            @Schema(allowableValues = {"added", "changed", "removed"}) String action,
            List<String> keys) {

        static Change of(AccountChange change) {
            return new Change(
                    change.at(),
                    change.by(),
                    change.action().name().toLowerCase(Locale.ROOT),
                    change.keys());
        }
    }

    static AccountDetails of(AccountHealth account, List<AccountChange> changes, Locale locale) {
        var stored = account.stored();
        var shown = AccountView.of(account, locale);
        var record = changes.stream().map(Change::of).toList();
        if (stored == null) {
            return new AccountDetails(shown, Map.of(), Map.of(), null, null, record);
        }
        var secrets = new TreeMap<String, Instant>();
        stored.secrets().forEach((key, secret) -> secrets.put(key, secret.setAt()));
        return new AccountDetails(
                shown,
                new TreeMap<>(stored.settings()),
                secrets,
                stored.changedAt(),
                stored.changedBy(),
                record);
    }
}
