package io.guanjia.gateway.desk;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import io.guanjia.gateway.outbound.Window;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A conversation as the desk shows it. */
@Schema(name = "Conversation")
record ConversationView(
        UUID id,
        @JsonIgnore UUID partyId,
        String channel,
        String account,
        @Schema(description = "The channel's id for the customer, such as an openid") String party,
        @Nullable String name,
        @Schema(allowableValues = {"bot", "waiting", "agent", "elsewhere", "closed"}) String state,
        @Nullable Agent agent,
        @Schema(
                        description =
                                "In state elsewhere: who serves the customer in the platform's own"
                                        + " client, by the platform's name")
                @Nullable String colleague,
        @Schema(description = "When this state began") Instant since,
        @Schema(
                        description = "Why it waits",
                        allowableValues = {
                            "asked",
                            "bot-failed",
                            "complaint",
                            "loss-or-fraud",
                            "unreadable",
                            "agent-away",
                            "colleague-silent"
                        })
                @Nullable String reason,
        @Schema(description = "1 is next") @Nullable Integer queuePosition,
        @Schema(description = "Grows with every change of the conversation or its messages")
                long revision,
        @Schema(description = "The customer's messages since our last answer") int unanswered,
        @Nullable Last last,
        Window window,
        @Schema(description = "Null where the account is not in force") @Nullable Limits limits,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Change> changes) {

    /** Who has it. */
    record Agent(String username, String name) {}

    /** Its latest message on one line. */
    record Last(@Nullable String text, Instant at, String direction) {}

    /** One change of state: who, when and why. */
    @Schema(name = "Change")
    record Change(Instant at, @Nullable String from, String to, By by, String reason) {}

    /** Who changed it. */
    record By(String kind, @Nullable String name) {}

    @Nullable String agentUsername() {
        return agent == null ? null : agent.username();
    }

    ConversationView with(Window newWindow, @Nullable Limits newLimits) {
        return copy(last, newWindow, newLimits, changes);
    }

    ConversationView with(List<Change> newChanges) {
        return copy(last, window, limits, newChanges);
    }

    /** For who sees it go but not where it went: without what is being said. */
    ConversationView withoutWords() {
        return copy(null, window, limits, null);
    }

    private ConversationView copy(
            @Nullable Last newLast,
            Window newWindow,
            @Nullable Limits newLimits,
            @Nullable List<Change> newChanges) {
        return new ConversationView(
                id,
                partyId,
                channel,
                account,
                party,
                name,
                state,
                agent,
                colleague,
                since,
                reason,
                queuePosition,
                revision,
                unanswered,
                newLast,
                newWindow,
                newLimits,
                newChanges);
    }
}
