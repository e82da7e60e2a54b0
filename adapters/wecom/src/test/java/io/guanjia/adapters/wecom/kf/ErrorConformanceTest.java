package io.guanjia.adapters.wecom.kf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guanjia.contract.Fixtures;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Delivers against every answer of 企业微信 and 微信客服 that was published and shows that each means
 * something: what comes of the message, and the platform's words for it without what else they may
 * hold. A code means the same whichever API says it. The answers are where the property {@code
 * guanjia.fixtures} says.
 */
class ErrorConformanceTest {

    private static final List<String> SETS =
            List.of(
                    "doc-shaped/wx-errors",
                    "go-workwx/models_test/01_TestRespCommon__0.json",
                    "go-workwx/models_test/02_TestRespCommon__40014.json");

    private static final Map<Integer, Class<? extends DeliveryException>> FAILURES =
            Map.ofEntries(
                    Map.entry(-1, Unavailable.class),
                    Map.entry(40014, Blocked.class),
                    Map.entry(41050, Refused.class),
                    Map.entry(41051, Refused.class),
                    Map.entry(41096, Unavailable.class),
                    Map.entry(42001, Blocked.class),
                    Map.entry(45009, Throttled.class),
                    Map.entry(45033, Throttled.class),
                    Map.entry(48002, Blocked.class),
                    Map.entry(60020, Blocked.class),
                    Map.entry(84061, Unreachable.class),
                    Map.entry(95000, Blocked.class),
                    Map.entry(95001, WindowClosed.class),
                    Map.entry(95002, WindowClosed.class),
                    Map.entry(95004, Blocked.class),
                    Map.entry(95007, Refused.class),
                    Map.entry(95013, WindowClosed.class),
                    Map.entry(95016, WindowClosed.class),
                    Map.entry(95018, WindowClosed.class));

    @Test
    void knowsWhatEveryPublishedAnswerMeans() throws IOException {
        int answers = 0;
        for (var set : SETS) {
            for (var file : Fixtures.files(set)) {
                // Those of 公众号 are held to WechatErrorsTest.
                if (!Fixtures.name(file).startsWith("wx-errors/mp_")) {
                    check(Fixtures.json(file).get("errcode").asInt(), Files.readString(file));
                    answers++;
                }
            }
        }
        System.out.printf("conformance: %d 企业微信 answers understood%n", answers);
        assertThat(answers).isGreaterThanOrEqualTo(Fixtures.least(21));
    }

    private static void check(int code, String answer) {
        try (var platform = new FakeKf();
                var kit = new Kit(platform, Map.of())) {
            platform.platform.answer(FakeKf.SEND, answer);
            var failure = failure(kit);
            if (code == 0) {
                assertThat(failure).isNull();
            } else {
                assertThat(failure)
                        .as(answer)
                        .isExactlyInstanceOf(
                                Objects.requireNonNull(FAILURES.get(code), "errcode " + code));
                assertThat(Objects.requireNonNull(failure).reason())
                        .startsWith("errcode " + code + " ")
                        .doesNotContain("hint", "127.0.0.1", "http");
            }
        }
    }

    private static @Nullable DeliveryException failure(Kit kit) {
        return catchThrowableOfType(
                DeliveryException.class,
                () ->
                        kit.channel
                                .deliver(
                                        new OutboundMessage(
                                                "0194d2f0-7b1a-7c3e-9f4d-2a6b8c0d1e2f",
                                                new Address("wecom-kf", "demo", Accounts.PARTY),
                                                Author.BOT,
                                                new Content.Text("您好")))
                                .block(Kit.PATIENCE));
    }
}
