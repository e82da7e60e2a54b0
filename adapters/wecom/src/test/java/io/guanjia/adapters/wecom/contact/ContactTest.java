package io.guanjia.adapters.wecom.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.OneTimeCodes.Code;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Trigger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

class ContactTest {

    private static final String KEY = "wecom/demo/" + App.CUSTOMER;
    private static final Instant AT = Instant.ofEpochSecond(1_772_440_215);

    private final App app = new App();

    @AfterEach
    void end() {
        app.close();
    }

    @Test
    void findsTheCodeOfANewCustomerAndAsksNobodyToKeepItYet() {
        var added =
                reads(
                        """
                        <xml><ToUserName><![CDATA[ww00000000000000a1]]></ToUserName>
                        <FromUserName><![CDATA[sys]]></FromUserName>
                        <CreateTime>1772440215</CreateTime><MsgType><![CDATA[event]]></MsgType>
                        <Event><![CDATA[change_external_contact]]></Event>
                        <ChangeType><![CDATA[add_external_contact]]></ChangeType>
                        <UserID><![CDATA[xiaoli]]></UserID>
                        <ExternalUserID><![CDATA[wmTESTUSER0000000000000000000001]]></ExternalUserID>
                        <State><![CDATA[branch-7]]></State>
                        <WelcomeCode><![CDATA[WELCOME]]></WelcomeCode></xml>
                        """);

        assertThat(added.from().party()).isEqualTo(App.CUSTOMER);
        assertThat(added.trigger()).isEqualTo(Trigger.FOLLOW);
        assertThat(added.sentAt()).isEqualTo(AT);
        assertThat(added.content())
                .isInstanceOfSatisfying(
                        Event.Introduced.class,
                        event -> {
                            assertThat(event.name()).isEqualTo("change_external_contact");
                            assertThat(event.fields())
                                    .containsEntry("ChangeType", "add_external_contact")
                                    .containsEntry("UserID", "xiaoli")
                                    .containsEntry("State", "branch-7");
                        });
        assertThat(app.channel.codeOf(added)).contains(new Code("WELCOME", AT.plusSeconds(20)));
        // Redis may be away: it is not needed before the journal has the event.
        assertThat(app.codes.kept).isEmpty();
    }

    @Test
    void tellsWhoJoinedAGroup() {
        var update =
                reads(
                        """
                        <xml><FromUserName><![CDATA[sys]]></FromUserName>
                        <CreateTime>1772440215</CreateTime><MsgType><![CDATA[event]]></MsgType>
                        <Event><![CDATA[change_external_chat]]></Event>
                        <ChatId><![CDATA[wrTESTGROUP000000000000000000001]]></ChatId>
                        <ChangeType><![CDATA[update]]></ChangeType>
                        <UpdateDetail><![CDATA[add_member]]></UpdateDetail>
                        <JoinScene>1</JoinScene><MemChangeCnt>2</MemChangeCnt>
                        <MemChangeList><Item><![CDATA[Jack]]></Item><Item><![CDATA[Rose]]></Item>
                        </MemChangeList></xml>
                        """);

        assertThat(update.from().party()).isEqualTo("wrTESTGROUP000000000000000000001");
        assertThat(app.channel.codeOf(update)).isEmpty();
        assertThat(((Event.Other) update.content()).fields())
                .containsEntry("UpdateDetail", "add_member")
                .containsEntry("MemChangeList", Map.of("Item", List.of("Jack", "Rose")));
    }

    @Test
    void readsAThirdPartysForm() {
        var changed =
                reads(
                        """
                        <xml><SuiteId><![CDATA[ww4asffe99e54c0f4c]]></SuiteId>
                        <AuthCorpId><![CDATA[wxf8b4f85f3a794e77]]></AuthCorpId>
                        <InfoType><![CDATA[change_external_tag]]></InfoType>
                        <TimeStamp>1772440215</TimeStamp><Id><![CDATA[tag-1]]></Id>
                        <TagType><![CDATA[tag]]></TagType>
                        <ChangeType><![CDATA[create]]></ChangeType></xml>
                        """);

        assertThat(changed.sentAt()).isEqualTo(AT);
        assertThat(((Event.Other) changed.content()).name()).isEqualTo("change_external_tag");
    }

    @Test
    void welcomesANewCustomerOnce() {
        app.codes.kept.put(KEY, new Code("WELCOME", App.NOW.plusSeconds(20)));

        deliver(App.CUSTOMER, new Content.Text("您好，我是您的管家小李"));

        assertThat(app.platform.requests(App.WELCOME).getFirst().json())
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"welcome_code": "WELCOME",
                                         "text": {"content": "您好，我是您的管家小李"}}
                                        """));
        assertThatThrownBy(() -> deliver(App.CUSTOMER, new Content.Text("还在吗")))
                .isInstanceOf(WindowClosed.class);
    }

    @Test
    void welcomesWithAnAttachment() {
        app.codes.kept.put(KEY, new Code("WELCOME", App.NOW.plusSeconds(20)));

        deliver(App.CUSTOMER, new Content.Image(SampleFiles.IMAGE));

        assertThat(app.platform.requests(App.WELCOME).getFirst().json().path("attachments"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        [{"msgtype": "image", "image": {"media_id": "MEDIA-1"}}]
                                        """));
    }

    @Test
    void welcomesWithWordsAndAttachmentsAtOnce() {
        app.codes.kept.put(KEY, new Code("WELCOME", App.NOW.plusSeconds(20)));

        deliver(App.CUSTOMER, welcome(9));

        var sent = app.platform.requests(App.WELCOME);
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().json().path("welcome_code").asString()).isEqualTo("WELCOME");
        assertThat(sent.getFirst().json().at("/text/content").asString()).isEqualTo("您好");
        assertThat(sent.getFirst().json().path("attachments")).hasSize(9);
        assertThat(sent.getFirst().json().at("/attachments/8/link/url").asString())
                .isEqualTo("https://bank.example/9");
    }

    @Test
    void keepsTheCodeForTheNextWhereThisCannotBeSaid() {
        for (var wrong :
                List.of(
                        welcome(10),
                        welcome(Map.of()),
                        welcome(Map.of("text", Map.of("content", "还".repeat(1334)))),
                        welcome(Map.of("sender", "xiaoli", "text", Map.of("content", "您好"))),
                        welcome(Map.of("attachments", List.of(Map.of("msgtype", "voice")))),
                        welcome(
                                Map.of(
                                        "attachments",
                                        List.of(
                                                Map.of(
                                                        "msgtype",
                                                        "link",
                                                        "link",
                                                        Map.of("title", "还款"))))),
                        new Content.MiniProgram("还款", "wx1", "pages/repay", null),
                        new Content.Voice(SampleFiles.IMAGE, null, "amr"))) {
            app.codes.kept.put(KEY, new Code("WELCOME", App.NOW.plusSeconds(20)));

            assertThatThrownBy(() -> deliver(App.CUSTOMER, wrong)).isInstanceOf(Refused.class);
            assertThat(app.codes.kept).containsKey(KEY);
        }
        assertThat(app.platform.requests(App.WELCOME)).isEmpty();

        deliver(App.CUSTOMER, new Content.Text("您好"));
        assertThat(app.platform.requests(App.WELCOME)).hasSize(1);
    }

    @Test
    void keepsTheCodeWhereAFileCannotBeBrought() {
        app.codes.kept.put(KEY, new Code("WELCOME", App.NOW.plusSeconds(20)));
        app.platform.answer(App.UPLOAD, "{\"errcode\":-1,\"errmsg\":\"system busy\"}");

        assertThatThrownBy(() -> deliver(App.CUSTOMER, new Content.Image(SampleFiles.IMAGE)))
                .isInstanceOf(Unavailable.class);
        assertThat(app.codes.kept).containsKey(KEY);
    }

    @Test
    void welcomesNoMember() {
        assertThatThrownBy(() -> deliver(App.MEMBER, welcome(1))).isInstanceOf(Refused.class);
        assertThat(app.platform.requests(App.SEND)).isEmpty();
    }

    @Test
    void keepsACodeWhileAnotherApplicationSends() {
        app.codes.kept.put(KEY, new Code("WELCOME", App.NOW.plusSeconds(20)));
        app.platform.answer(
                App.WELCOME, "{\"errcode\":41096,\"errmsg\":\"welcome msg is being distributed\"}");

        assertThatThrownBy(() -> deliver(App.CUSTOMER, new Content.Text("您好")))
                .isInstanceOf(Unavailable.class);
        assertThat(app.codes.kept).containsKey(KEY);
    }

    /** 41050: welcome code expired; 41051: 客户和服务人员已经开始聊天. */
    @ParameterizedTest
    @ValueSource(ints = {41050, 41051})
    void aWelcomeThatComesTooLateIsNoWelcomeAnyMore(int code) {
        app.codes.kept.put(KEY, new Code("WELCOME", App.NOW.plusSeconds(20)));
        app.platform.answer(App.WELCOME, "{\"errcode\":" + code + ",\"errmsg\":\"too late\"}");

        assertThatThrownBy(() -> deliver(App.CUSTOMER, new Content.Text("您好")))
                .isInstanceOf(WindowClosed.class)
                .hasMessageContaining("only members write to customers");
        assertThat(app.codes.kept).isEmpty();
    }

    @Test
    void theBotDoesNotWriteToAGroup() {
        assertThatThrownBy(
                        () -> deliver("wrTESTGROUP000000000000000000001", new Content.Text("大家好")))
                .isInstanceOf(WindowClosed.class);
    }

    @Test
    void writesToAMember() {
        deliver(App.MEMBER, new Content.Text("有新客户"));

        assertThat(app.platform.requests(App.SEND).getFirst().json())
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"touser": "xiaoli", "agentid": 1000002,
                                         "msgtype": "text", "text": {"content": "有新客户"}}
                                        """));
    }

    @Test
    void remembersHowItStandsWithAnAccountWhenAnotherIsSaved() {
        app.platform.answer(
                "/cgi-bin/gettoken", "{\"errcode\":40001,\"errmsg\":\"invalid credential\"}");
        var refused = HealthSign.ill("token", "refused");
        assertThat(app.channel.health("demo").collectList().block(App.PATIENCE))
                .containsExactly(refused);
        var demo = app.channel.fromSettings().getFirst();

        app.channel.replaceAccounts(
                List.of(
                        new WecomAccount(
                                "second",
                                demo.corpId(),
                                demo.secret(),
                                "1000003",
                                demo.token(),
                                demo.aesKey(),
                                demo.apiBase(),
                                demo.timeout(),
                                Map.of(),
                                demo.pollEvery(),
                                demo.taskLifetime()),
                        demo));

        assertThat(app.channel.health("demo").collectList().block(App.PATIENCE))
                .containsExactly(refused);
        assertThat(app.platform.requests("/cgi-bin/gettoken")).hasSize(1);
    }

    private static Content welcome(int links) {
        return welcome(
                Map.of(
                        "text",
                        Map.of("content", "您好"),
                        "attachments",
                        IntStream.rangeClosed(1, links)
                                .mapToObj(
                                        i ->
                                                Map.of(
                                                        "msgtype",
                                                        "link",
                                                        "link",
                                                        Map.of(
                                                                "title",
                                                                "第" + i + "页",
                                                                "url",
                                                                "https://bank.example/" + i)))
                                .toList()));
    }

    private static Content welcome(Map<String, Object> fields) {
        return new Content.Native("send_welcome_msg", fields);
    }

    private void deliver(String party, Content content) {
        app.channel
                .deliver(
                        new OutboundMessage(
                                "0194d2f0-7b1a-7c3e-9f4d-2a6b8c0d1e2f",
                                new Address("wecom", "demo", party),
                                Author.BOT,
                                content))
                .block(App.PATIENCE);
    }

    private InboundMessage reads(String xml) {
        return (InboundMessage)
                Objects.requireNonNull(app.channel.read(App.callback(xml)).block(App.PATIENCE))
                        .inbound()
                        .getFirst();
    }
}
