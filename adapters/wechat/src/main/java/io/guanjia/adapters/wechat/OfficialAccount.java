package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.weixin.api.Api;
import io.guanjia.weixin.api.Application;
import io.guanjia.weixin.api.MediaTransfer;
import io.guanjia.weixin.api.WeixinAccount;
import io.guanjia.weixin.api.WeixinChannel;
import io.guanjia.weixin.callback.CallbackGate;
import io.guanjia.weixin.callback.MessageReader;
import io.guanjia.weixin.callback.Origin;
import io.guanjia.weixin.protocol.XmlFields;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.util.List;

/** One account at work: its callbacks and what it sends. */
final class OfficialAccount implements WeixinChannel.Working {

    private final WechatAccount settings;
    private final CallbackGate gate;
    private final MessageReader reader = new MessageReader(new OfficialAccountEvents());
    private final WeixinAccount platform;
    private final CustomerServiceMessage customerService;
    private final Clock clock;

    OfficialAccount(WechatAccount settings, WeixinAccount.Surroundings around) {
        this.settings = settings;
        this.gate =
                new CallbackGate(
                        settings.appId(),
                        settings.token(),
                        settings.aesKey(),
                        settings.mode(),
                        settings.callbackMaxAge(),
                        XmlFields::parse);
        this.platform =
                new WeixinAccount(
                        new Application(
                                WechatChannel.NAME,
                                settings.name(),
                                settings.appId(),
                                settings.secret(),
                                settings.apiBase(),
                                settings.timeout()),
                        WechatErrors.TABLE,
                        sendsBy(settings),
                        MediaTransfer.Kind.THUMB,
                        around);
        this.customerService =
                new CustomerServiceMessage(around.json(), settings.customerServiceAccount());
        this.clock = around.clock();
    }

    /**
     * Without customer service messages an account answers in responses, which no limit holds for.
     */
    private static List<Api> sendsBy(WechatAccount settings) {
        return settings.customerServiceMessages()
                ? List.of(Api.CUSTOM_SEND, Api.TEMPLATE_SEND, Api.SUBSCRIBE_BIZSEND)
                : List.of(Api.TEMPLATE_SEND, Api.SUBSCRIBE_BIZSEND);
    }

    @Override
    public ChannelAccount described() {
        return settings.described();
    }

    @Override
    public CallbackGate gate() {
        return gate;
    }

    @Override
    public WeixinAccount platform() {
        return platform;
    }

    @Override
    public Reading read(Callback callback) {
        var opened = gate.open(callback);
        var origin = Origin.of(callback, opened.fields(), opened.raw());
        return new Reading(
                reader.read(origin, opened.fields()),
                new Passive(
                        origin.from().party(),
                        opened.fields().text("ToUserName"),
                        opened.crypt(),
                        settings.customerServiceMessages(),
                        clock));
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        var openid = message.to().party();
        if (message.content() instanceof Content.Template template) {
            return switch (template.kind()) {
                case NOTIFICATION ->
                        platform.send(
                                Api.TEMPLATE_SEND,
                                TemplateMessage.notification(
                                        openid, message.deliveryId(), template));
                case SUBSCRIPTION ->
                        platform.send(
                                Api.SUBSCRIBE_BIZSEND,
                                TemplateMessage.subscription(openid, template));
            };
        }
        return platform.say(message.content(), content -> customerService.write(openid, content));
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
}
