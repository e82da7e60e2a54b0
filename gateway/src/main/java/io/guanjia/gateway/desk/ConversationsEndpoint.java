package io.guanjia.gateway.desk;

import io.guanjia.gateway.conversation.DeskRefusal;
import io.guanjia.gateway.desk.CountReads.Counts;
import io.guanjia.gateway.desk.MessageReads.Thread;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What the desk shows: lists of conversations, and what was said in each. */
@RestController
@RequestMapping("/api/v1/conversations")
@Tag(name = "Conversations")
final class ConversationsEndpoint {

    private final ConversationReads conversations;
    private final MessageReads messages;
    private final CountReads counts;

    ConversationsEndpoint(
            ConversationReads conversations, MessageReads messages, CountReads counts) {
        this.conversations = conversations;
        this.messages = messages;
        this.counts = counts;
    }

    @GetMapping
    @Operation(
            summary = "List conversations",
            description =
                    "The queue shows who has waited longest first, every other view the latest"
                            + " activity first. The view `all` is for supervisors, administrators"
                            + " and service tokens.")
    Mono<ConversationPage> list(
            @Parameter(hidden = true) Viewer viewer,
            @Parameter(description = "queue, mine, bot, all or closed")
                    @RequestParam(defaultValue = "queue")
                    String view,
            @Parameter(description = "Looked for in the customer's name and id")
                    @RequestParam(required = false)
                    @Nullable String q,
            @Parameter(description = "The `next` of the page before this one")
                    @RequestParam(required = false)
                    @Nullable String before,
            @Parameter(description = "1 to 200") @RequestParam(required = false)
                    @Nullable Integer limit) {
        var wanted = View.of(view).orElseThrow(() -> Paging.malformed("view"));
        if (wanted == View.ALL && !viewer.supervises()) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        var size = Paging.limit(limit);
        var cursor =
                before == null
                        ? null
                        : Cursor.decode(before).orElseThrow(() -> Paging.malformed("before"));
        var text = q == null || q.isBlank() ? null : q.strip();
        return conversations
                .page(wanted, viewer, text, cursor, size + 1)
                .zipWith(counts.of(viewer))
                .map(found -> ConversationPage.of(wanted, found.getT1(), size, found.getT2()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show a conversation with every change of its state")
    Mono<ConversationView> show(@Parameter(hidden = true) Viewer viewer, @PathVariable UUID id) {
        return conversations
                .findWithChanges(id, viewer)
                .switchIfEmpty(Mono.error(DeskRefusal.NotFound::new));
    }

    @GetMapping("/{id}/messages")
    @Operation(
            summary = "Read a conversation's messages",
            description =
                    "With `after`, what is new or changed since that revision; where `more` is"
                            + " true, ask again from the `revision` of the answer. Otherwise a page"
                            + " of history, which goes back into the customer's earlier"
                            + " conversations, before the `seq` given as `before`.")
    Mono<Thread> messages(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable Integer limit,
            @Parameter(hidden = true) Locale locale) {
        if (after != null && before != null) {
            throw Paging.malformed("after");
        }
        var size = Paging.limit(limit);
        return conversations
                .find(id, viewer)
                .switchIfEmpty(Mono.error(DeskRefusal.NotFound::new))
                .flatMap(
                        _ ->
                                after == null
                                        ? messages.before(id, before, size)
                                        : messages.after(id, after))
                .map(found -> found.in(locale));
    }

    /**
     * A page of a list.
     *
     * @param next what to pass as {@code before} for the next page, null on the last
     */
    record ConversationPage(List<ConversationView> items, @Nullable String next, Counts counts) {

        private static ConversationPage of(
                View view, List<ConversationView> found, int size, Counts counts) {
            var items = found.subList(0, Math.min(size, found.size()));
            return new ConversationPage(
                    items,
                    found.size() > size ? view.after(items.getLast()).encoded() : null,
                    counts);
        }
    }
}
