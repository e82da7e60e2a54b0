package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.AccountForm;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.api.Api;
import io.guanjia.weixin.api.Strangers;
import io.guanjia.weixin.api.WeixinAccount;
import io.guanjia.weixin.api.WeixinChannel;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.List;

/** WeChat official accounts. */
public final class WechatChannel extends WeixinChannel<WechatAccount, OfficialAccount> {

    public static final String NAME = "wechat";

    WechatChannel(
            List<WechatAccount> accounts,
            SharedTokens tokens,
            MediaStore files,
            Strangers strangers,
            JsonMapper json,
            Clock clock) {
        super(
                NAME,
                accounts,
                new WeixinAccount.Surroundings(
                        tokens, files, ApiClient.connections(NAME), strangers, json, clock),
                OfficialAccount::new);
    }

    @Override
    public Class<WechatAccount> type() {
        return WechatAccount.class;
    }

    @Override
    public List<Field> fields() {
        return AccountForm.of(
                        Field.text("name", "名称"),
                        Field.text("app-id", "开发者ID(AppID)"),
                        Field.secret("secret", "开发者密码(AppSecret)"),
                        Field.secret("token", "令牌(Token)"),
                        Field.secret("aes-key", "消息加解密密钥(EncodingAESKey)").optional(),
                        Field.choice("mode", "消息加解密方式", "safe", "compatible", "plain"),
                        Field.flag("customer-service-messages", "客服消息接口权限"),
                        Field.text("customer-service-account", "客服账号").optional(),
                        Field.address("api-base", "接口地址").optional(),
                        Field.text("callback-max-age", "回调最大时差").optional())
                .timeout("5s")
                .answerWithin("2s")
                .windows(WechatAccount.WINDOWS, Trigger.PAYMENT)
                .pace(WechatAccount.PACE)
                .fields();
    }

    @Override
    public Route route(Content content) {
        if (content instanceof Content.Template template) {
            return switch (template.kind()) {
                case NOTIFICATION -> new Route(Api.TEMPLATE_SEND.label(), false);
                case SUBSCRIPTION -> new Route(Api.SUBSCRIBE_BIZSEND.label(), false);
            };
        }
        return new Route(Api.CUSTOM_SEND.label(), true);
    }

    @Override
    public boolean canSay(String account, Content content) {
        var found = find(account);
        return found != null && found.canSay(content);
    }
}
