package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.wechat.callback.Format;
import io.guanjia.sandbox.wechat.message.Action;
import io.guanjia.sandbox.wechat.message.Event;
import io.guanjia.sandbox.wechat.message.Message;
import io.guanjia.sandbox.wechat.message.ResultEvent;

import java.net.URI;
import java.util.Set;

/** Which of the platform's products all accounts of one {@link WechatPlatform} are. */
public enum Product {
    /** 公众号. People have to follow one before they can write to it. */
    OFFICIAL_ACCOUNT("wechat", "该公众号提供的服务出现故障，请稍后再试", true, Set.of()) {
        @Override
        boolean knows(Action action) {
            return !(action instanceof Event.Enter);
        }

        @Override
        public AccountSettings account(String name, URI... callbackUrls) {
            return AccountSettings.named(name, callbackUrls);
        }
    },

    /** 小程序. Anybody can write to one; it has no menu and answers no callback with content. */
    MINI_PROGRAM(
            "miniprogram",
            "该小程序提供的客服功能暂时无法使用，请稍后再试",
            false,
            Set.of("text", "image", "link", "miniprogrampage")) {
        @Override
        boolean knows(Action action) {
            return switch (action) {
                case Message.Text _,
                        Message.Image _,
                        Message.MiniProgramPage _,
                        Message.Other _,
                        Event.Enter _,
                        Event.AnswerSubscription _,
                        Event.ChangeSubscription _,
                        Event.Other _,
                        ResultEvent.SubscriptionResult _ ->
                        true;
                default -> false;
            };
        }

        @Override
        public AccountSettings account(String name, URI... callbackUrls) {
            return AccountSettings.named(name, callbackUrls)
                    .in(Format.JSON)
                    .with(Limits.ofMiniPrograms());
        }
    };

    private final String channel;
    private final String outOfOrder;
    private final boolean repliesPassively;
    private final Set<String> serviceMessages;

    Product(
            String channel,
            String outOfOrder,
            boolean repliesPassively,
            Set<String> serviceMessages) {
        this.channel = channel;
        this.outOfOrder = outOfOrder;
        this.repliesPassively = repliesPassively;
        this.serviceMessages = serviceMessages;
    }

    /** The gateway's name for it, which is also where it stands in a sandbox's addresses. */
    public String channel() {
        return channel;
    }

    /** An account as the platform sets one up; its credentials follow from its name. */
    public abstract AccountSettings account(String name, URI... callbackUrls);

    /** Whether this can happen in one. */
    abstract boolean knows(Action action);

    /** What a customer reads when the account's server does not answer properly. */
    String outOfOrder() {
        return outOfOrder;
    }

    /** Whether a callback's answer may say something to the customer. */
    boolean repliesPassively() {
        return repliesPassively;
    }

    /** Whether a customer-service message may be of that type. */
    public boolean sends(String type) {
        return serviceMessages.isEmpty() || serviceMessages.contains(type);
    }
}
