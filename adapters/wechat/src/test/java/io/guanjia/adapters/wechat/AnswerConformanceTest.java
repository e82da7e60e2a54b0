package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.Fixtures;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.weixin.api.Api;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Understands what other projects have from the platform in answer to the calls that we make, where
 * the property {@code guanjia.fixtures} names it: a token, a file, a message.
 */
class AnswerConformanceTest {

    private static final List<String> TOKENS =
            List.of(
                    "wechatpy/fixtures/token.json",
                    "wxjava/WxAccessTokenTest/01_testFromJson__obj.json");

    @Test
    void understandsWhatThePlatformAnsweredOthers() throws IOException {
        int answers = 0;
        for (var path : TOKENS) {
            for (var file : Fixtures.files(path)) {
                var token = Fixtures.json(file).get("access_token").asString();
                sendsAPictureWith(token, Files.readString(file));
                answers += 3;
            }
        }
        System.out.printf("conformance: %d official account answers understood%n", answers);
        assertThat(answers).isGreaterThanOrEqualTo(Fixtures.least(6));
    }

    private static void sendsAPictureWith(String token, String answer) throws IOException {
        try (var platform = new FakePlatform();
                var channel =
                        Channels.with(
                                Accounts.demo(Map.of("api-base", platform.address().toString())),
                                new SampleFiles(),
                                new Channels.NoStrangers())) {
            platform.answer(Api.STABLE_TOKEN.path(), answer);
            platform.answer(
                    Api.MEDIA_UPLOAD.path(), Fixtures.text("wechatpy/fixtures/media_upload.json"));
            platform.answer(
                    Api.CUSTOM_SEND.path(),
                    Fixtures.text("wechatpy/fixtures/message_custom_send.json"));

            var accepted =
                    channel.deliver(
                                    new OutboundMessage(
                                            "0190b6d2-1c3a-7000-8000-00000000000a",
                                            new Address("wechat", "demo", "o1"),
                                            Author.BOT,
                                            new Content.Image(SampleFiles.IMAGE)))
                            .block(Duration.ofSeconds(20));

            assertThat(accepted).isEqualTo(new Accepted(""));
            var sent = platform.requests(Api.CUSTOM_SEND.path()).getFirst();
            assertThat(sent.query()).isEqualTo("access_token=" + token);
            assertThat(sent.json().at("/image/media_id").asString()).isEqualTo("12345678");
        }
    }
}
