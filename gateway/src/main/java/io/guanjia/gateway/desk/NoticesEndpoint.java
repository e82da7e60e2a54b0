package io.guanjia.gateway.desk;

import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.conversation.DeskRefusal;
import io.guanjia.gateway.conversation.Notices;
import io.guanjia.gateway.conversation.Notices.Notice;
import io.guanjia.gateway.desk.InvalidRequest.Reason;
import io.guanjia.gateway.message.Address;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.util.Locale;
import java.util.UUID;

/** What other systems, and those who supervise, say to a party without serving them. */
@RestController
@Tag(name = "Messages")
final class NoticesEndpoint {

    private final Notices notices;
    private final NoticeWords words;
    private final Channels channels;
    private final MessageReads messages;
    private final ConversationReads conversations;

    NoticesEndpoint(
            Notices notices,
            NoticeWords words,
            Channels channels,
            MessageReads messages,
            ConversationReads conversations) {
        this.notices = notices;
        this.words = words;
        this.channels = channels;
        this.messages = messages;
        this.conversations = conversations;
    }

    @PostMapping("/api/v1/messages")
    @Operation(
            summary = "Send a message to a party",
            description =
                    "A template or subscription message, or anything else an account can say, for"
                            + " service tokens and people with the role supervisor or"
                            + " administrator. It is taken here and sent soon, within the windows"
                            + " and paces of the account: `delivery` says how far it is, and"
                            + " `Location` where to ask later. Outside the reply window, what needs"
                            + " one is held until the customer writes, for a day at the most"
                            + " (`guanjia.conversation.notice-life`); then it has expired. What"
                            + " customers wait for goes out before it. The same `idempotencyKey`"
                            + " again to the same party sends nothing and answers with what was"
                            + " sent before.")
    Mono<ResponseEntity<MessageView>> send(
            @Parameter(hidden = true) Viewer viewer,
            @Valid @RequestBody NewMessage message,
            @Parameter(hidden = true) Locale locale) {
        requireAccount(message);
        return words.read(message.content(), viewer)
                .map(
                        content ->
                                new Notice(
                                        new Address(
                                                message.channel(),
                                                message.account(),
                                                message.party()),
                                        content,
                                        viewer.author(),
                                        viewer.username() + ":" + message.idempotencyKey()))
                .flatMap(notices::send)
                .flatMap(messages::find)
                .map(
                        sent ->
                                ResponseEntity.accepted()
                                        .location(URI.create("/api/v1/messages/" + sent.id()))
                                        .body(sent.in(locale)));
    }

    @GetMapping("/api/v1/messages/{id}")
    @Operation(summary = "Show a message and what became of it")
    Mono<MessageView> show(
            @Parameter(hidden = true) Viewer viewer,
            @PathVariable UUID id,
            @Parameter(hidden = true) Locale locale) {
        return messages.find(id)
                .filterWhen(
                        found -> conversations.find(found.conversationId(), viewer).hasElement())
                .map(found -> found.in(locale))
                .switchIfEmpty(Mono.error(DeskRefusal.NotFound::new));
    }

    private void requireAccount(NewMessage message) {
        if (channels.find(message.channel()).isEmpty()) {
            throw new InvalidRequest("channel", Reason.UNKNOWN);
        }
        if (channels.findAccount(message.channel(), message.account()).isEmpty()) {
            throw new InvalidRequest("account", Reason.UNKNOWN);
        }
    }

    /** A message to a party. */
    record NewMessage(
            @Schema(description = "Such as wechat") @NotBlank String channel,
            @Schema(description = "Our account's name, as in the settings") @NotBlank
                    String account,
            @Schema(description = "The channel's id for the party, such as an openid")
                    @NotBlank
                    @Size(max = 128)
                    String party,
            @Schema(description = "Your own id for it") @NotBlank @Size(max = 128)
                    String idempotencyKey,
            @Schema(
                            type = "object",
                            description =
                                    "`{type: template, kind: notification or subscription,"
                                            + " templateId, url, miniProgram: {appid, path}, data:"
                                            + " {name: value}}`; `{type: suggestions, text,"
                                            + " options: [{id, label}], tail}`; `{type: native,"
                                            + " kind, payload}` in the channel's own words, such as"
                                            + " wxcard; or what the desk can say: text, image,"
                                            + " voice, video, link, mini-program")
                    @NotNull
                    JsonNode content) {}
}
