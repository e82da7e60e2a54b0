package io.guanjia.gateway.accounts;

import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.vault.Vault;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Locale;

/** The channels there are, what they can carry and how their accounts are doing. */
@RestController
@Tag(name = "Channels")
final class ChannelsEndpoint {

    private final Channels channels;
    private final AccountsInForce inForce;
    private final HealthReads health;
    private final Vault vault;

    ChannelsEndpoint(Channels channels, AccountsInForce inForce, HealthReads health, Vault vault) {
        this.channels = channels;
        this.inForce = inForce;
        this.health = health;
        this.vault = vault;
    }

    @GetMapping("/api/v1/channels")
    @Operation(
            summary = "List channels, their accounts and how these are doing",
            description =
                    "Each account with one sentence on what is wrong and what to do, in the"
                            + " language of the request, and with what it can carry.")
    Mono<All> list(@Parameter(hidden = true) Locale locale) {
        return health.all()
                .map(
                        accounts ->
                                new All(
                                        vault.canSeal(),
                                        channels.all().stream()
                                                .map(Channel::name)
                                                .sorted()
                                                .map(name -> view(name, accounts, locale))
                                                .toList()));
    }

    private ChannelView view(String name, List<AccountHealth> all, Locale locale) {
        var accounts =
                all.stream()
                        .filter(account -> account.id().channel().equals(name))
                        .map(account -> AccountView.of(account, locale))
                        .toList();
        return inForce.managed(name)
                .map(managed -> ChannelView.of(managed, accounts))
                .orElseGet(() -> ChannelView.unmanaged(name, accounts));
    }

    /** All channels. */
    @Schema(name = "Channels")
    record All(
            @Schema(description = "Whether there is an encryption key, so that secrets are taken")
                    boolean takesSecrets,
            List<ChannelView> channels) {}
}
