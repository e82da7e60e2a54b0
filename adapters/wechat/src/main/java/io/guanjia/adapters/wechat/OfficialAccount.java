package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.OutboundMessage;

import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;

/** One account at work: its callbacks, its tokens, its API. */
final class OfficialAccount {

    private final WechatAccount settings;
    private final CallbackReader callbacks;
    private final WechatApi api;
    private final MediaTransfer media;
    private final MediaDownload downloads;
    private final CustomerServiceMessage customerService;
    private final JsonMapper json;

    OfficialAccount(WechatAccount settings, Surroundings around) {
        var http = new WechatHttp(settings, around.connections(), around.json());
        var tokens =
                new AccessTokens(settings, around.tokens(), http, around.json(), around.clock());
        this.settings = settings;
        this.callbacks = new CallbackReader(settings, around.clock());
        this.api = new WechatApi(http, tokens, around.clock());
        this.media = new MediaTransfer(api, http, around.files());
        this.downloads =
                new MediaDownload(settings, http, tokens, around.strangers(), around.json());
        this.customerService =
                new CustomerServiceMessage(around.json(), settings.customerServiceAccount());
        this.json = around.json();
    }

    WechatAccount settings() {
        return settings;
    }

    CallbackReader callbacks() {
        return callbacks;
    }

    MediaDownload downloads() {
        return downloads;
    }

    /** Fails with {@link DeliveryException}. */
    Mono<Accepted> deliver(OutboundMessage message) {
        var openid = message.to().party();
        if (message.content() instanceof Content.Template template) {
            return switch (template.kind()) {
                case NOTIFICATION ->
                        api.send(
                                Api.TEMPLATE_SEND,
                                TemplateMessage.notification(
                                        openid, message.deliveryId(), template));
                case SUBSCRIPTION ->
                        api.send(
                                Api.SUBSCRIBE_SEND, TemplateMessage.subscription(openid, template));
            };
        }
        return say(openid, message.content(), false)
                .onErrorResume(
                        WechatApi.MediaGone.class,
                        gone ->
                                say(openid, message.content(), true)
                                        .onErrorMap(
                                                WechatApi.MediaGone.class,
                                                again -> new Refused(again.reason())));
    }

    /**
     * Whether the account can say this kind of thing. Without customer service messages only what a
     * response can carry: a file of ours would have to be uploaded first.
     */
    boolean canSay(Content content) {
        return switch (content) {
            case Content.File _,
                    Content.Location _,
                    Content.Choice _,
                    Content.Unreadable _,
                    Event _ ->
                    false;
            case Content.Template _ -> true;
            case Content.Text _,
                    Content.Image _,
                    Content.Voice _,
                    Content.Video _,
                    Content.Link _,
                    Content.MiniProgram _,
                    Content.Suggestions _,
                    Content.Native _ ->
                    settings.customerServiceMessages() || Passive.canSay(content);
        };
    }

    private Mono<Accepted> say(String openid, Content content, boolean mediaAfresh) {
        return media.placed(content, mediaAfresh)
                .map(placed -> customerService.write(openid, placed))
                .flatMap(body -> api.send(Api.CUSTOM_SEND, body));
    }

    /** Shows or hides 对方正在输入. A sign that fails to show is not worth an error. */
    Mono<Void> typing(String openid, boolean on) {
        var body =
                json.createObjectNode()
                        .put("touser", openid)
                        .put("command", on ? "Typing" : "CancelTyping")
                        .toString();
        return api.send(Api.TYPING, body)
                .then()
                .onErrorResume(DeliveryException.class, error -> Mono.empty());
    }

    /** What all accounts share. */
    record Surroundings(
            SharedTokens tokens,
            MediaStore files,
            ConnectionProvider connections,
            Strangers strangers,
            JsonMapper json,
            Clock clock) {}
}
