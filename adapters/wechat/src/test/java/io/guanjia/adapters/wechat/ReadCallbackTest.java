package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackRejected.Kind;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.XmlFields;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class ReadCallbackTest {

    private final WechatChannel channel = Channels.with(Accounts.demo(Map.of()));

    @Test
    void answersTheCheckOfItsAddressWithTheEchoAndNothingElse() {
        var query = Callbacks.query();
        query.put("echostr", "5927782489442352469");

        var response = channel.handshake(Callbacks.callback(query, "")).block();

        assertThat(response).isNotNull();
        assertThat(new String(response.body(), UTF_8)).isEqualTo("5927782489442352469");
        assertThat(response.contentType()).startsWith("text/plain");
    }

    @Test
    void refusesACheckThatIsNotSigned() {
        var query = Callbacks.query();
        query.put("echostr", "1");
        query.put("signature", "0".repeat(40));

        var rejected =
                catchThrowableOfType(
                        CallbackRejected.class,
                        () -> channel.handshake(Callbacks.callback(query, "")).block());

        assertThat(rejected.kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void answersAnEncryptedCheckWithWhatItHides() {
        var echo = Callbacks.crypt().encrypt("20240001", "1700000001", "1");

        var response =
                channel.handshake(
                                Callbacks.callback(
                                        Map.of(
                                                "msg_signature",
                                                echo.msgSignature(),
                                                "timestamp",
                                                "1700000001",
                                                "nonce",
                                                "1",
                                                "echostr",
                                                echo.encrypt()),
                                        ""))
                        .block();

        assertThat(response).isNotNull();
        assertThat(new String(response.body(), UTF_8)).isEqualTo("20240001");
    }

    @Test
    void readsTheSameMessageInAllThreeModes() {
        var xml = Callbacks.sample("text");

        for (var callback :
                List.of(Callbacks.plain(xml), Callbacks.compatible(xml), Callbacks.safe(xml))) {
            var message = only(channel, callback);

            assertThat(message.content()).isEqualTo(new Content.Text("我的信用卡账单什么时候出？"));
            assertThat(message.from().party()).isEqualTo(Accounts.OPENID);
            assertThat(message.externalId()).isEqualTo("24567890123456789");
            assertThat(message.raw()).isEqualTo(xml);
            assertThat(message.sentAt().getEpochSecond()).isEqualTo(1_700_000_000);
        }
    }

    @Test
    void believesTheEncryptedPartWhereThePlainOneSaysOtherwise() {
        var forged = Callbacks.sample("text").replace("我的信用卡账单", "转一万块");

        var callback =
                Callbacks.encrypted(Callbacks.crypt(), Callbacks.sample("text"), inside(forged));

        assertThat(only(channel, callback).content()).isEqualTo(new Content.Text("我的信用卡账单什么时候出？"));
    }

    @Test
    void refusesAPlainMessageInSafeMode() {
        var safe = Channels.with(Accounts.demo(Map.of("mode", "safe")));

        assertThat(rejection(safe, Callbacks.plain(Callbacks.sample("text"))))
                .hasMessage("FORBIDDEN: plain");
        assertThat(only(safe, Callbacks.safe(Callbacks.sample("text"))).content())
                .isInstanceOf(Content.Text.class);
    }

    @Test
    void refusesAnEncryptedMessageItHasNoKeyFor() {
        var plain = Channels.with(Accounts.demo(Map.of("mode", "plain", "aes-key", "")));

        assertThat(rejection(plain, Callbacks.safe(Callbacks.sample("text"))))
                .hasMessage("FORBIDDEN: encrypted");
        assertThat(only(plain, Callbacks.plain(Callbacks.sample("text"))).content())
                .isInstanceOf(Content.Text.class);
    }

    @Test
    void refusesAMessageForAnotherAppId() {
        var other = new MessageCrypt(Accounts.TOKEN, Accounts.AES_KEY, "wx0000000000000002");

        assertThat(rejection(channel, Callbacks.encrypted(other, Callbacks.sample("text"), "")))
                .hasMessage("FORBIDDEN: receive-id");
    }

    @ParameterizedTest
    @CsvSource({"signature, x", "timestamp, 1700000002", "nonce, 0"})
    void refusesAPlainMessageWhoseSignatureIsWrong(String parameter, String value) {
        var query = Callbacks.query();
        query.put(parameter, value);
        var missing = Callbacks.query();
        missing.remove(parameter);
        var xml = Callbacks.sample("text");

        assertThat(rejection(channel, Callbacks.callback(query, xml)))
                .hasMessage("FORBIDDEN: signature");
        assertThat(rejection(channel, Callbacks.callback(missing, xml)))
                .hasMessage("FORBIDDEN: signature");
    }

    @Test
    void refusesAnEncryptedMessageWithoutMessageSignature() {
        var callback = Callbacks.safe(Callbacks.sample("text"));
        var query = new HashMap<>(callback.query());
        query.remove("msg_signature");

        assertThat(
                        rejection(
                                channel,
                                Callbacks.callback(query, new String(callback.body(), UTF_8))))
                .hasMessage("FORBIDDEN: signature");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not xml | MALFORMED: malformed",
                "{\"a\":1} | MALFORMED: malformed",
                "<!DOCTYPE x><xml/> | MALFORMED: doctype",
            })
    void refusesWhatIsNotXml(String body, String message) {
        assertThat(rejection(channel, Callbacks.plain(body))).hasMessage(message);
    }

    @Test
    void refusesAnEncryptedDocumentType() {
        assertThat(
                        rejection(
                                channel,
                                Callbacks.safe("<!DOCTYPE x [<!ENTITY a 'b'>]><xml>&a;</xml>")))
                .hasMessage("MALFORMED: doctype");
    }

    @Test
    void refusesStaleCallbacksOnlyWhereTheSettingsWantThat() {
        var strict = Channels.with(Accounts.demo(Map.of("callback-max-age", "1s")));
        var lenient = Channels.with(Accounts.demo(Map.of("callback-max-age", "2s")));
        var callback = Callbacks.safe(Callbacks.sample("text"));

        assertThat(rejection(strict, callback)).hasMessage("FORBIDDEN: stale");
        assertThat(only(lenient, callback)).isNotNull();
        assertThat(only(channel, callback)).isNotNull();
    }

    @Test
    void refusesCallbacksForAnAccountItDoesNotHave() {
        channel.replaceAccounts(List.of());

        assertThat(rejection(channel, Callbacks.plain(Callbacks.sample("text"))))
                .hasMessage("FORBIDDEN: account");
    }

    @Test
    void acknowledgesWithTheWordThePlatformWaitsFor() {
        var answers = reading(channel, Callbacks.safe(Callbacks.sample("text"))).answers();

        assertThat(new String(answers.acknowledgement().body(), UTF_8)).isEqualTo("success");
    }

    @Test
    void answersAnEncryptedMessageEncryptedAndAPlainOnePlain() {
        var sealed =
                reading(channel, Callbacks.safe(Callbacks.sample("text")))
                        .answers()
                        .passively(new Content.Text("您好"))
                        .orElseThrow();
        var plain =
                reading(channel, Callbacks.plain(Callbacks.sample("text")))
                        .answers()
                        .passively(new Content.Text("您好"))
                        .orElseThrow();

        var envelope = XmlFields.parse(sealed.body());
        var decrypted =
                Callbacks.crypt()
                        .decrypt(
                                envelope.text("MsgSignature"),
                                envelope.text("TimeStamp"),
                                envelope.text("Nonce"),
                                envelope.text("Encrypt"));

        assertThat(decrypted).isEqualTo(new String(plain.body(), UTF_8));
        assertThat(decrypted)
                .isEqualTo(
                        "<xml><ToUserName><![CDATA[oABCD_customer-0000000000001]]></ToUserName>"
                                + "<FromUserName><![CDATA[gh_000000000001]]></FromUserName>"
                                + "<CreateTime>1700000003</CreateTime>"
                                + "<MsgType><![CDATA[text]]></MsgType>"
                                + "<Content><![CDATA[您好]]></Content></xml>");
    }

    private static String inside(String xml) {
        return xml.strip().replaceFirst("^<xml>", "").replaceFirst("</xml>$", "");
    }

    private static CallbackRejected rejection(WechatChannel channel, Callback callback) {
        return catchThrowableOfType(CallbackRejected.class, () -> channel.read(callback).block());
    }

    private static Reading reading(WechatChannel channel, Callback callback) {
        var reading = channel.read(callback).block();
        assertThat(reading).isNotNull();
        return reading;
    }

    private static InboundMessage only(WechatChannel channel, Callback callback) {
        var inbound = reading(channel, callback).inbound();
        assertThat(inbound).hasSize(1);
        return (InboundMessage) inbound.getFirst();
    }
}
