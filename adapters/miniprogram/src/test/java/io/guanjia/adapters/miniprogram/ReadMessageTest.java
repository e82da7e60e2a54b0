package io.guanjia.adapters.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Receipt.Outcome;
import io.guanjia.gateway.message.Trigger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;

class ReadMessageTest {

    private final MiniProgramChannel channel = Shop.channel(Map.of("mode", "compatible"));

    @AfterEach
    void close() {
        channel.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text.xml", "text.json"})
    void readsTheSameFromEitherFormatPlainAndEncrypted(String sample) {
        var document = Samples.read(sample);
        for (var callback : List.of(Shop.plain(document), Shop.safe(document))) {
            var message = message(callback);

            assertThat(message.content()).isEqualTo(new Content.Text("订单 8 到哪了？"));
            assertThat(message.from().party()).isEqualTo(Shop.OPENID);
            assertThat(message.externalId()).isEqualTo("24567890123456789");
            assertThat(message.trigger()).isEqualTo(Trigger.MESSAGE);
            assertThat(message.sentAt().getEpochSecond()).isEqualTo(1_700_000_000);
            assertThat(message.raw()).isEqualTo(document);
        }
    }

    @Test
    void knowsARepeatInWhateverFormatItComes() {
        assertThat(message(Shop.safe(Samples.read("text.json"))).dedupeKey())
                .isEqualTo(message(Shop.safe(Samples.read("text.xml"))).dedupeKey());
        assertThat(message(Shop.safe(Samples.read("enter.json"))).dedupeKey())
                .isEqualTo(message(Shop.safe(Samples.read("enter.xml"))).dedupeKey());
    }

    @Test
    void readsPicturesAndCards() {
        assertThat(message("image.json").content())
                .isEqualTo(
                        new Content.Image(Media.onPlatform("media-1", "http://mmbiz.example/1/0")));
        assertThat(message("card.json").content())
                .isEqualTo(
                        new Content.MiniProgram(
                                "蓝色雨伞",
                                Shop.APP_ID,
                                "pages/goods?id=8",
                                Media.onPlatform("media-2", "http://mmbiz.example/2/0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"enter.xml", "enter.json"})
    void whoEntersCanBeGreetedInTheShortWindow(String sample) {
        var message = message(sample);

        assertThat(message.content())
                .isEqualTo(
                        new Event.Entered(
                                "user_enter_tempsession", Map.of("SessionFrom", "goods-8")));
        assertThat(message.trigger()).isEqualTo(Trigger.ENTER);
        assertThat(message.externalId()).isNull();
    }

    @Test
    void readsTheListOfAnswersHoweverManyThereAre() {
        assertThat(fields("popup-one.json").get("List"))
                .isEqualTo(
                        Map.of(
                                "TemplateId", "t1",
                                "SubscribeStatusString", "accept",
                                "PopupScene", "0"));
        assertThat(fields("popup-two.json").get("List"))
                .isEqualTo(
                        List.of(
                                Map.of(
                                        "TemplateId", "t1",
                                        "SubscribeStatusString", "accept",
                                        "PopupScene", "0"),
                                Map.of(
                                        "TemplateId", "t2",
                                        "SubscribeStatusString", "reject",
                                        "PopupScene", "0")));
    }

    @Test
    void readsWhatBecameOfSubscriptionMessages() {
        var receipts = Shop.read(channel, Shop.safe(Samples.read("sent-two.json")));

        assertThat(receipts)
                .extracting(one -> ((Receipt) one).platformId(), one -> ((Receipt) one).outcome())
                .containsExactly(
                        tuple("1864323726461255680", Outcome.DELIVERED),
                        tuple("1864323726461255681", Outcome.FAILED));
        assertThat(receipts).extracting(Inbound::dedupeKey).doesNotHaveDuplicates();
        assertThat(((Receipt) receipts.get(1)).reason()).isEqualTo("43101 user refuse");
        assertThat(Shop.read(channel, Shop.safe(Samples.read("sent-one.json")))).hasSize(1);
    }

    @Test
    void keepsThePlatformsOpinionOfMediaWithAllItsFields() {
        assertThat(fields("media-check.json"))
                .containsEntry("trace_id", "62465d4a-0a1b2c3d-4e5f6071")
                .containsEntry("result", Map.of("suggest", "risky", "label", "20001"));
        assertThat(message("media-check.json").trigger()).isNull();
    }

    @Test
    void keepsWhatNobodyHasHeardOf() {
        assertThat(message("unknown-type.json").content())
                .isEqualTo(new Content.Unreadable(Samples.read("unknown-type.json")));
        assertThat(fields("unknown-event.json")).containsEntry("Count", "2").containsKey("Actions");
    }

    @Test
    void storesNoCharacterThatNothingCanStore() {
        var message =
                message(
                        Shop.safe(
                                "{\"FromUserName\":\"o1\",\"MsgType\":\"text\",\"MsgId\":1,"
                                        + "\"Content\":\"a\\u0000b\"}"));

        assertThat(message.content()).isEqualTo(new Content.Text("a\uFFFDb"));
    }

    @Test
    void answersNothingButThatItHasTheMessage() {
        var answers =
                Objects.requireNonNull(
                                channel.read(Shop.safe(Samples.read("text.json")))
                                        .block(Shop.PATIENCE))
                        .answers();

        assertThat(new String(answers.acknowledgement().body(), UTF_8)).isEqualTo("success");
        assertThat(answers.passively(new Content.Text("您好"))).isEmpty();
    }

    private Map<String, Object> fields(String sample) {
        return ((Event.Other) message(sample).content()).fields();
    }

    private InboundMessage message(String sample) {
        return message(Shop.safe(Samples.read(sample)));
    }

    private InboundMessage message(Callback callback) {
        var inbound = Shop.read(channel, callback);
        assertThat(inbound).hasSize(1);
        return (InboundMessage) inbound.getFirst();
    }
}
