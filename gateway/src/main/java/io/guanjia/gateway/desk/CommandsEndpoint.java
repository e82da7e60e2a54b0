package io.guanjia.gateway.desk;

import io.guanjia.gateway.conversation.DeskCommands;
import io.guanjia.gateway.conversation.DeskRefusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/** What a person at the desk does. Each answer shows how things stand afterwards. */
@RestController
@Tag(name = "Desk")
final class CommandsEndpoint {

    private final DeskCommands commands;
    private final ConversationReads conversations;
    private final MessageReads messages;
    private final Words words;
    private final TypingSigns typing;
    private final Names names;

    CommandsEndpoint(
            DeskCommands commands,
            ConversationReads conversations,
            MessageReads messages,
            Words words,
            TypingSigns typing,
            Names names) {
        this.commands = commands;
        this.conversations = conversations;
        this.messages = messages;
        this.words = words;
        this.typing = typing;
        this.names = names;
    }

    @PostMapping("/api/v1/conversations/{id}/take")
    @Operation(
            summary = "Take a conversation",
            description = "From the bot or the queue; who supervises also from another agent.")
    Mono<ConversationView> take(@Parameter(hidden = true) Viewer viewer, @PathVariable UUID id) {
        return known(id, viewer)
                .then(Mono.defer(() -> commands.take(id, viewer.actor())))
                .then(shown(id, viewer));
    }

    @PostMapping("/api/v1/conversations/{id}/hand-back")
    @Operation(summary = "Give a conversation back to the bot")
    Mono<ConversationView> handBack(
            @Parameter(hidden = true) Viewer viewer, @PathVariable UUID id) {
        return seen(id, viewer)
                .then(Mono.defer(() -> commands.handBack(id, viewer.actor())))
                .then(shown(id, viewer));
    }

    @PostMapping("/api/v1/conversations/{id}/close")
    @Operation(
            summary = "End a conversation",
            description = "The customer's next message begins another.")
    Mono<ConversationView> close(@Parameter(hidden = true) Viewer viewer, @PathVariable UUID id) {
        return seen(id, viewer)
                .then(Mono.defer(() -> commands.close(id, viewer.actor())))
                .then(shown(id, viewer));
    }

    @PostMapping("/api/v1/conversations/{id}/messages")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Say something to the customer",
            description =
                    "Only who has the conversation may. The same `clientId` again answers with the"
                            + " message that is there already.")
    Mono<MessageView> reply(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable UUID id,
            @Valid @RequestBody Reply reply,
            @Parameter(hidden = true) Locale locale) {
        return seen(id, viewer)
                .then(Mono.defer(() -> words.read(reply.content(), viewer)))
                .flatMap(
                        content ->
                                commands.reply(
                                        id, viewer.actor(), reply.clientId().toString(), content))
                .flatMap(messages::find)
                .map(message -> message.in(locale));
    }

    @PostMapping("/api/v1/conversations/{id}/messages/preview")
    @Operation(
            summary = "See how something would reach the customer",
            description =
                    "Nothing is sent. What the account does not carry goes out in the nearest way"
                            + " it has; where there is none, this is refused as sending it would"
                            + " be.")
    Mono<Arrival> preview(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable UUID id,
            @Valid @RequestBody Draft draft) {
        return seen(id, viewer)
                .then(Mono.defer(() -> words.read(draft.content(), viewer)))
                .flatMap(
                        content ->
                                commands.preview(id, content)
                                        .map(said -> Arrival.of(content, said)));
    }

    @PostMapping("/api/v1/conversations/{id}/notes")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Keep a note", description = "It never leaves the house.")
    Mono<MessageView> note(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable UUID id,
            @Valid @RequestBody Note note,
            @Parameter(hidden = true) Locale locale) {
        return seen(id, viewer)
                .then(
                        Mono.defer(
                                () ->
                                        commands.note(
                                                id,
                                                viewer.actor(),
                                                note.clientId().toString(),
                                                note.body())))
                .flatMap(messages::find)
                .map(message -> message.in(locale));
    }

    @PostMapping("/api/v1/conversations/{id}/typing")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Show or hide the sign that somebody is typing",
            description = "Where the channel has one. Good for a few seconds; repeat it.")
    Mono<Void> typing(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable UUID id,
            @Valid @RequestBody Typing sign) {
        return seen(id, viewer)
                .filter(conversation -> viewer.username().equals(conversation.agentUsername()))
                .switchIfEmpty(Mono.error(DeskRefusal.NotYours::new))
                .flatMap(conversation -> typing.show(conversation, viewer, sign.on()));
    }

    @PutMapping("/api/v1/conversations/{id}/name")
    @Operation(
            summary = "Name the customer",
            description =
                    "As colleagues shall read it; the customer does not. Without a `name` it is"
                            + " taken away.")
    Mono<ConversationView> name(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable UUID id,
            @Valid @RequestBody Name name) {
        return seen(id, viewer)
                .then(Mono.defer(() -> names.give(id, name.orNull(), viewer)))
                .then(shown(id, viewer));
    }

    @PostMapping("/api/v1/messages/{id}/retry")
    @Operation(
            summary = "Send a message again",
            description =
                    "One that was refused, has expired, or of which nobody knows whether it"
                            + " arrived: then the customer may read it twice, so a person decides.")
    Mono<MessageView> retry(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable UUID id,
            @Parameter(hidden = true) Locale locale) {
        return after(id, viewer, () -> commands.retry(id, viewer.actor()))
                .map(message -> message.in(locale));
    }

    @PostMapping("/api/v1/messages/{id}/recall")
    @Operation(
            summary = "Take a message back",
            description =
                    "One of one's own, or of those one supervises, where the account can and until"
                            + " `recallableUntil`. The customer sees it no more; here it stays with"
                            + " its words.")
    Mono<MessageView> recall(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable UUID id,
            @Parameter(hidden = true) Locale locale) {
        return after(id, viewer, () -> commands.recall(id, viewer.actor()))
                .map(message -> message.in(locale));
    }

    /** A message that the viewer sees, as it is once something has been done about it. */
    private Mono<MessageView> after(UUID id, Viewer viewer, Supplier<Mono<Void>> command) {
        return messages.find(id)
                .switchIfEmpty(Mono.error(DeskRefusal.NotFound::new))
                .flatMap(message -> seen(message.conversationId(), viewer))
                .then(Mono.defer(command))
                .then(Mono.defer(() -> messages.find(id)));
    }

    private Mono<ConversationView> seen(UUID id, Viewer viewer) {
        return conversations.find(id, viewer).switchIfEmpty(Mono.error(DeskRefusal.NotFound::new));
    }

    /** Losing the race for a conversation is told apart from a conversation that does not exist. */
    private Mono<Boolean> known(UUID id, Viewer viewer) {
        return conversations
                .agentOf(id)
                .switchIfEmpty(Mono.error(DeskRefusal.NotFound::new))
                .flatMap(
                        agent ->
                                agent.isEmpty() || viewer.sees(agent.get())
                                        ? Mono.just(true)
                                        : Mono.error(new DeskRefusal.Taken(agent.get())));
    }

    private Mono<ConversationView> shown(UUID id, Viewer viewer) {
        return Mono.defer(() -> conversations.findWithChanges(id, viewer));
    }

    /** Something to say. */
    record Reply(
            @NotNull UUID clientId,
            @io.swagger.v3.oas.annotations.media.Schema(
                            type = "object",
                            description =
                                    "`{type: text, body}`, or image, voice, video or file with"
                                            + " `media: {id}` of an uploaded file, or link with"
                                            + " title, url, description and picture, or"
                                            + " mini-program with title, appid and path")
                    @NotNull
                    JsonNode content) {}

    /** Something that might be said. */
    record Draft(
            @io.swagger.v3.oas.annotations.media.Schema(
                            type = "object",
                            description = "As in a message")
                    @NotNull
                    JsonNode content) {}

    /** Something to remember. */
    record Note(@NotNull UUID clientId, @NotBlank @Size(max = 5000) String body) {}

    /** What a customer is called. */
    record Name(@Nullable @Size(max = 64) String name) {

        @Nullable String orNull() {
            return name == null || name.isBlank() ? null : name.strip();
        }
    }

    /** Whether somebody is typing. */
    record Typing(@NotNull Boolean on) {}
}
