package io.guanjia.adapters.wecom.contact;

import io.guanjia.adapters.wecom.Corp;
import io.guanjia.adapters.wecom.CorpMedia;
import io.guanjia.adapters.wecom.task.SendTasks;
import io.guanjia.gateway.channel.AccountCheck;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Initiative;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Capabilities.Report;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.weixin.protocol.MessageCrypt;

import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One self-built application (自建应用) under {@code guanjia.channels.wecom.accounts}. Creating one
 * fails with a message that names every setting at fault and never its value.
 *
 * @param name ours, as in the callback address {@code /callbacks/wecom/{name}}
 * @param corpId 企业ID
 * @param secret of the application
 * @param agentId AgentId of the application
 * @param token Token of 接收消息服务器配置
 * @param aesKey its EncodingAESKey, 43 characters
 * @param apiBase where the platform's API is; only this host ever gets tokens or media ids
 * @param timeout how long one API call may take in all
 * @param pace messages a second for each API: {@code send}, {@code add-msg-template}
 * @param pollEvery how soon the results of a task are asked for; later ever more seldom
 * @param taskLifetime how long members may take to confirm one
 */
public record WecomAccount(
        String name,
        String corpId,
        String secret,
        String agentId,
        String token,
        String aesKey,
        @DefaultValue("https://qyapi.weixin.qq.com") URI apiBase,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue Map<String, Double> pace,
        @DefaultValue("1m") Duration pollEvery,
        @DefaultValue("7d") Duration taskLifetime) {

    /** 企业微信开发者中心, 发送应用消息 (90236). */
    static final int MAX_TEXT_BYTES = 2048;

    /** How long a {@code WelcomeCode} is good: 企业微信开发者中心, 发送新客户欢迎语 (92599). */
    static final Duration WELCOME = Duration.ofSeconds(20);

    static final Map<String, Double> PACE = Map.of(AppSending.LABEL, 100.0, SendTasks.LABEL, 5.0);

    public WecomAccount {
        pace = AccountCheck.merged(PACE, pace);
        new AccountCheck()
                .name(name)
                .set(corpId, "corp-id must be set: 企业ID, such as ww1234567890abcdef")
                .set(secret, "secret must be set: Secret of the application")
                .require(
                        agentId != null && agentId.matches("\\d{1,10}"),
                        "agent-id must be set: AgentId of the application, such as 1000002")
                .set(token, "token must be set: Token of 接收消息服务器配置")
                .require(
                        MessageCrypt.isAesKey(aesKey),
                        "aes-key must be 43 letters and digits: EncodingAESKey")
                .apiBase(apiBase, "https://qyapi.weixin.qq.com")
                .positive(timeout, "timeout", "5s")
                .pace(pace)
                .positive(pollEvery, "poll-every", "1m")
                .positive(taskLifetime, "task-lifetime", "7d")
                .done();
    }

    Corp corp() {
        // With the 企业ID, so that a changed setting does not find the other corporation's token,
        // and with the address, so that a token goes nowhere but to whom it came from.
        return new Corp(
                WecomChannel.NAME + "/" + name + "/" + corpId + "/" + apiBase, corpId, secret);
    }

    /** The account as the gateway sees it. Members can always be written to. */
    ChannelAccount described() {
        return new ChannelAccount(name, true, null, List.of(), pace, capabilities());
    }

    /**
     * 企业微信开发者中心, 接收普通消息 (90239), 发送应用消息 (90236), 创建企业群发 (92135): a customer gets what a member has
     * agreed to send, and what became of it is asked for (93338). Of what goes to members the
     * platform only says that it took it.
     */
    private static Capabilities capabilities() {
        return Capabilities.words(TextLimit.bytes(MAX_TEXT_BYTES))
                .receives(Kind.IMAGE, Kind.VOICE, Kind.VIDEO, Kind.LOCATION, Kind.LINK, Kind.EVENT)
                .sends(Kind.LINK, Kind.MINI_PROGRAM, Kind.NATIVE)
                .sends(Kind.IMAGE, CorpMedia.Kind.IMAGE.files())
                .sends(Kind.VOICE, CorpMedia.Kind.VOICE.files())
                .sends(Kind.VIDEO, CorpMedia.Kind.VIDEO.files())
                .sends(Kind.FILE, CorpMedia.Kind.FILE.files())
                .begunBy(Initiative.MEMBER)
                .reports(Report.DELIVERED, Report.FAILED)
                .build();
    }

    /** Leaves out the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "WecomAccount[name=" + name + ", corpId=" + corpId + ", apiBase=" + apiBase + "]";
    }
}
