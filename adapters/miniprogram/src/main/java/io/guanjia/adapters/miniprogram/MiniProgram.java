package io.guanjia.adapters.miniprogram;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.weixin.api.Api;
import io.guanjia.weixin.api.Application;
import io.guanjia.weixin.api.MediaTransfer;
import io.guanjia.weixin.api.WeixinAccount;
import io.guanjia.weixin.api.WeixinChannel;
import io.guanjia.weixin.callback.CallbackGate;
import io.guanjia.weixin.callback.Documents;
import io.guanjia.weixin.callback.MessageReader;
import io.guanjia.weixin.callback.Origin;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Optional;

/** One mini program at work: its callbacks and what it sends. */
final class MiniProgram implements WeixinChannel.Working {

    private final MiniProgramAccount settings;
    private final CallbackGate gate;
    private final MessageReader reader = new MessageReader(new MiniProgramEvents());
    private final WeixinAccount platform;
    private final MiniProgramMessage messages;

    MiniProgram(MiniProgramAccount settings, WeixinAccount.Surroundings around) {
        this.settings = settings;
        this.gate =
                new CallbackGate(
                        settings.appId(),
                        settings.token(),
                        settings.aesKey(),
                        settings.mode(),
                        settings.callbackMaxAge(),
                        Documents::parse);
        this.platform =
                new WeixinAccount(
                        new Application(
                                MiniProgramChannel.NAME,
                                settings.name(),
                                settings.appId(),
                                settings.secret(),
                                settings.apiBase(),
                                settings.timeout()),
                        MiniProgramErrors.TABLE,
                        List.of(Api.CUSTOM_SEND, Api.SUBSCRIBE_SEND),
                        // A card's picture is an image here: 新增图片素材 takes nothing else.
                        MediaTransfer.Kind.IMAGE,
                        around);
        this.messages = new MiniProgramMessage(around.json(), settings.appId(), settings.state());
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
        return new Reading(reader.read(origin, opened.fields()), new Acknowledged());
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        var openid = message.to().party();
        var refusal = messages.refusal(message.content());
        if (refusal != null) {
            return Mono.error(new Refused(refusal));
        }
        return message.content() instanceof Content.Template template
                ? platform.send(Api.SUBSCRIBE_SEND, messages.subscription(openid, template))
                : platform.say(message.content(), content -> messages.service(openid, content));
    }

    boolean canSay(Content content) {
        return messages.refusal(content) == null;
    }

    /** A response can say nothing to the customer here; 客服消息 do. */
    private record Acknowledged() implements Reading.Answers {
        @Override
        public CallbackResponse acknowledgement() {
            return CallbackResponse.text("success");
        }

        @Override
        public Optional<CallbackResponse> passively(Content content) {
            return Optional.empty();
        }
    }
}
