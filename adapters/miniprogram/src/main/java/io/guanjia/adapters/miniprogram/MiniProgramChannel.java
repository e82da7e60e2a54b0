package io.guanjia.adapters.miniprogram;

import io.guanjia.gateway.channel.AccountForm;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.gateway.message.Content;
import io.guanjia.weixin.api.Api;
import io.guanjia.weixin.api.Strangers;
import io.guanjia.weixin.api.WeixinAccount;
import io.guanjia.weixin.api.WeixinChannel;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.List;

/** WeChat mini programs. */
public final class MiniProgramChannel extends WeixinChannel<MiniProgramAccount, MiniProgram> {

    public static final String NAME = "miniprogram";

    MiniProgramChannel(
            List<MiniProgramAccount> accounts,
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
                MiniProgram::new);
    }

    @Override
    public Class<MiniProgramAccount> type() {
        return MiniProgramAccount.class;
    }

    @Override
    public List<Field> fields() {
        return AccountForm.of(
                        Field.text("name", "名称"),
                        Field.text("app-id", "AppID(小程序ID)"),
                        Field.secret("secret", "AppSecret(小程序密钥)"),
                        Field.secret("token", "Token(令牌)"),
                        Field.secret("aes-key", "EncodingAESKey(消息加密密钥)").optional(),
                        Field.choice("mode", "消息加解密方式", "safe", "compatible", "plain"),
                        Field.choice("state", "跳转小程序类型", "formal", "trial", "developer"),
                        Field.address("api-base", "接口地址").optional(),
                        Field.text("callback-max-age", "回调最大时差").optional())
                .timeout("5s")
                .windows(MiniProgramAccount.WINDOWS)
                .pace(MiniProgramAccount.PACE)
                .fields();
    }

    @Override
    public Route route(Content content) {
        return content instanceof Content.Template
                ? new Route(Api.SUBSCRIBE_SEND.label(), false)
                : new Route(Api.CUSTOM_SEND.label(), true);
    }

    @Override
    public boolean canSay(String account, Content content) {
        var found = find(account);
        return found != null && found.canSay(content);
    }
}
