package io.guanjia.gateway.accounts;

import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.outbound.OpenCircuit;
import io.guanjia.gateway.outbound.Reasons;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One account as it is shown. */
@Schema(name = "Account")
record AccountView(
        String channel,
        String name,
        @Schema(
                        allowableValues = {"settings", "console"},
                        description = "Where it is changed")
                String origin,
        boolean enabled,
        @Schema(description = "To be said with a change; null for one of the settings")
                @Nullable Long revision,
        @Schema(allowableValues = {"well", "attention", "down", "off"}) String state,
        @Schema(description = "What is wrong and what to do") String sentence,
        @Schema(description = "When the platform last brought something") @Nullable Instant heardAt,
        @Schema(description = "When the platform last took a message") @Nullable Instant reachedAt,
        Waiting waiting,
        List<Shut> circuits,
        List<Sign> signs,
        @Schema(description = "What is left of what the platform allows, where it says so")
                List<Quota> quotas,
        @Schema(description = "Null where the account is not in force")
                @Nullable CapabilitiesView capabilities) {

    /** What it has still to send. */
    @Schema(name = "Waiting")
    record Waiting(
            long queued,
            @Schema(description = "Waiting for their customer to write") long held,
            @Nullable Instant oldest) {}

    /** A way out that is shut. */
    @Schema(name = "AccountCircuit")
    record Shut(
            @Schema(description = "* for all of the account's") String api,
            boolean alarm,
            String reason,
            Instant since,
            @Nullable Instant until) {

        static Shut of(OpenCircuit circuit, Locale locale) {
            return new Shut(
                    circuit.api(),
                    circuit.alarm(),
                    Reasons.words(circuit.reason(), locale),
                    circuit.openedAt(),
                    circuit.until());
        }
    }

    /** How often an API can still be called, or how many messages are still paid for. */
    @Schema(name = "CallQuota")
    record Quota(
            String api,
            long left,
            long limit,
            @Schema(
                            allowableValues = {"hour", "day", "package"},
                            description = "What the limit is for")
                    String per) {

        static Quota of(CallsLeft calls) {
            return new Quota(
                    calls.api(),
                    calls.left(),
                    calls.of(),
                    calls.per().name().toLowerCase(Locale.ROOT));
        }
    }

    /** Something the channel itself knows. */
    @Schema(name = "HealthSign")
    record Sign(
            @Schema(description = "Such as token or line") String part,
            @Schema(
                            description =
                                    "In words, with how many nodes see it where not all do; null"
                                            + " when it is well")
                    @Nullable String problem,
            @Nullable Instant until) {

        static Sign of(Seen<HealthSign> seen, String channel, Locale locale) {
            var sign = seen.what();
            return new Sign(
                    sign.part(),
                    sign.problem() == null
                            ? null
                            : HealthWords.of(
                                    Diagnosis.sign(seen, Finding.State.ATTENTION), channel, locale),
                    sign.until());
        }
    }

    static AccountView of(AccountHealth account, Locale locale) {
        var facts = account.facts();
        var stored = account.stored();
        var channel = account.id().channel();
        return new AccountView(
                channel,
                account.id().name(),
                stored == null ? "settings" : "console",
                facts.enabled(),
                stored == null ? null : stored.revision(),
                account.finding().state().name().toLowerCase(Locale.ROOT),
                HealthWords.of(account.finding(), channel, locale),
                facts.contact().heardAt(),
                facts.contact().reachedAt(),
                new Waiting(facts.queue().queued(), facts.queue().held(), facts.queue().oldest()),
                facts.circuits().stream().map(circuit -> Shut.of(circuit, locale)).toList(),
                facts.signs().stream().map(sign -> Sign.of(sign, channel, locale)).toList(),
                facts.calls().stream().map(Quota::of).toList(),
                account.inForce() == null ? null : CapabilitiesView.of(account.inForce()));
    }
}
