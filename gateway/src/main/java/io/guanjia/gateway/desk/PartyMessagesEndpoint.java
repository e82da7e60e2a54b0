package io.guanjia.gateway.desk;

import io.guanjia.gateway.desk.InvalidRequest.Reason;
import io.guanjia.gateway.message.Address;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Locale;

/** What was exchanged with one outside party, for other systems. */
@RestController
@Tag(name = "Messages")
final class PartyMessagesEndpoint {

    private final MessageReads messages;
    private final ConversationReads conversations;

    PartyMessagesEndpoint(MessageReads messages, ConversationReads conversations) {
        this.messages = messages;
        this.conversations = conversations;
    }

    @GetMapping("/api/v1/messages")
    @Operation(
            summary = "Read what was exchanged with one party",
            description =
                    "Oldest first; without `before` the latest page. A party nobody knows has no"
                            + " messages. An agent does not see a party whom another agent is"
                            + " serving. Without the internal notes, which stand in the"
                            + " conversations.")
    Mono<MessagePage> messages(
            @Parameter(hidden = true) Viewer viewer,
            @Parameter(description = "Such as wechat", required = true)
                    @RequestParam(required = false)
                    @Nullable String channel,
            @Parameter(description = "Our account's name, as in the settings", required = true)
                    @RequestParam(required = false)
                    @Nullable String account,
            @Parameter(
                            description = "The channel's id for the party, such as an openid",
                            required = true)
                    @RequestParam(required = false)
                    @Nullable String party,
            @Parameter(description = "The `next` of the page after this one")
                    @RequestParam(required = false)
                    @Nullable Long before,
            @Parameter(description = "1 to 200") @RequestParam(required = false)
                    @Nullable Integer limit,
            @Parameter(hidden = true) Locale locale) {
        var address =
                new Address(
                        required(channel, "channel"),
                        required(account, "account"),
                        required(party, "party"));
        var size = Paging.limit(limit);
        return conversations
                .servedByAnother(address, viewer)
                .flatMap(
                        served ->
                                served
                                        ? Mono.just(List.<MessageView>of())
                                        : messages.with(address, before, size + 1))
                .map(found -> MessagePage.of(found, size, locale));
    }

    private static String required(@Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw new InvalidRequest(name, Reason.MISSING);
        }
        return value;
    }

    /**
     * A page of a thread.
     *
     * @param next what to pass as {@code before} for the page before this one, null on the first
     */
    record MessagePage(List<MessageView> items, @Nullable Long next) {

        private static MessagePage of(List<MessageView> found, int size, Locale locale) {
            var more = found.size() > size;
            var items =
                    found.subList(more ? found.size() - size : 0, found.size()).stream()
                            .map(each -> each.in(locale))
                            .toList();
            return new MessagePage(items, more ? items.getFirst().seq() : null);
        }
    }
}
