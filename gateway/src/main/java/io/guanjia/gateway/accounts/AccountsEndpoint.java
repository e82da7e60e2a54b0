package io.guanjia.gateway.accounts;

import io.guanjia.gateway.accounts.AccountRefusal.Fault;
import io.guanjia.gateway.accounts.AccountRefusal.Invalid;
import io.guanjia.gateway.accounts.ChangeAccounts.Said;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.desk.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Our accounts on one channel. Administrators change them; who supervises may look. */
@RestController
@RequestMapping("/api/v1/channels/{channel}/accounts")
@Tag(name = "Channels")
final class AccountsEndpoint {

    private final ChangeAccounts accounts;
    private final AccountStore store;
    private final HealthReads health;
    private final Channels channels;

    AccountsEndpoint(
            ChangeAccounts accounts, AccountStore store, HealthReads health, Channels channels) {
        this.accounts = accounts;
        this.store = store;
        this.health = health;
        this.channels = channels;
    }

    @GetMapping
    @Operation(summary = "List a channel's accounts and how they are doing")
    Mono<List<AccountView>> list(
            @PathVariable String channel, @Parameter(hidden = true) Locale locale) {
        if (channels.find(channel).isEmpty()) {
            return Mono.error(new AccountRefusal.NotFound());
        }
        return health.all()
                .map(
                        all ->
                                all.stream()
                                        .filter(account -> account.id().channel().equals(channel))
                                        .map(account -> AccountView.of(account, locale))
                                        .toList());
    }

    @GetMapping("/{name}")
    @Operation(
            summary = "Show an account",
            description = "With what it is set to; of secrets only since when they are set.")
    Mono<AccountDetails> show(
            @PathVariable String channel,
            @PathVariable String name,
            @Parameter(hidden = true) Locale locale) {
        return shown(new AccountId(channel, name), locale);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Add an account",
            description =
                    "In force when this is answered, on other nodes seconds later. What does not"
                            + " fit is named by its key. Secrets are stored encrypted, which needs"
                            + " a key in the settings under guanjia.security.encryption-keys.")
    Mono<AccountDetails> add(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable String channel,
            @Valid @RequestBody NewAccount account,
            @Parameter(hidden = true) Locale locale) {
        var id = new AccountId(channel, account.name());
        return Mono.fromSupplier(() -> said(account.enabled(), account.settings()))
                .flatMap(said -> accounts.add(id, said, viewer.username()))
                .then(Mono.defer(() -> shown(id, locale)));
    }

    @PatchMapping("/{name}")
    @Operation(
            summary = "Change an account, or switch it on or off",
            description =
                    "What is not named stays; null unsets. Whoever changes a field of the kind"
                            + " `address` says all secrets again, or nothing is done (422)."
                            + " `revision` is the one that was shown; when the account has changed"
                            + " since, nothing is done (409).")
    Mono<AccountDetails> change(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable String channel,
            @PathVariable String name,
            @Valid @RequestBody Changes changes,
            @Parameter(hidden = true) Locale locale) {
        var id = new AccountId(channel, name);
        return Mono.fromSupplier(() -> said(changes.enabled(), changes.settings()))
                .flatMap(said -> accounts.change(id, changes.revision(), said, viewer.username()))
                .then(Mono.defer(() -> shown(id, locale)));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Remove an account",
            description = "What was said through it stays; nothing goes out by it any more.")
    Mono<Void> remove(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable String channel,
            @PathVariable String name,
            @RequestParam long revision) {
        return accounts.remove(new AccountId(channel, name), revision, viewer.username());
    }

    private Mono<AccountDetails> shown(AccountId id, Locale locale) {
        return health.one(id)
                .switchIfEmpty(Mono.error(AccountRefusal.NotFound::new))
                .zipWith(store.changes(id).collectList())
                .map(both -> AccountDetails.of(both.getT1(), both.getT2(), locale));
    }

    /** Blank says the same as nothing. */
    private static Said said(@Nullable Boolean enabled, @Nullable Map<String, JsonNode> settings) {
        var values = new HashMap<String, Optional<String>>();
        if (settings != null) {
            settings.forEach((key, value) -> values.put(key, value(key, value)));
        }
        return new Said(enabled, values);
    }

    private static Optional<String> value(String key, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isValueNode()) {
            throw new Invalid(List.of(Fault.of(BindFaults.SETTINGS + key, "malformed")));
        }
        return Optional.of(value.asString().strip()).filter(words -> !words.isEmpty());
    }

    /** An account to add. */
    record NewAccount(
            @Schema(description = "Ours; it stands in the callback address") @NotBlank String name,
            @Nullable Boolean enabled,
            @Schema(type = "object", description = "By the keys of the channel's fields") @NotNull
                    Map<String, JsonNode> settings) {

        /** Leaves out the settings: there are secrets among them. */
        @Override
        public String toString() {
            return "NewAccount[" + name + "]";
        }
    }

    /** What to change. */
    record Changes(
            @NotNull Long revision,
            @Nullable Boolean enabled,
            @Schema(
                            type = "object",
                            description = "By the keys of the channel's fields; null unsets")
                    @Nullable Map<String, JsonNode> settings) {

        /** Leaves out the settings: there are secrets among them. */
        @Override
        public String toString() {
            return "Changes[revision=" + revision + "]";
        }
    }
}
