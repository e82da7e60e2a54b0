package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.sms.aliyun.AliyunProvider;
import io.guanjia.adapters.sms.aliyun.AliyunSettings;
import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import reactor.blockhound.BlockHound;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Callbacks and deliveries run on event loops, where one blocking call holds up every customer. */
class NothingBlocksTest {

    @BeforeAll
    static void watch() {
        BlockHound.builder()
                .loadIntegrations()
                // The stand-in lives in this JVM too: a read of random bytes waits for nobody.
                .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .install();
    }

    @Test
    void readsDeliversAndLooksWithoutBlocking() {
        try (var platform = new FakePlatform()) {
            platform.answer(
                    "/",
                    """
                    {"Code":"OK","BizId":"9000^0","TemplateStatus":"1","SignStatus":1}
                    """);
            var account =
                    Accounts.bind(
                            "sms-aliyun",
                            AliyunSettings.class,
                            Map.of(
                                    "name", "main",
                                    "access-key-id", "id",
                                    "access-key-secret", "secret",
                                    "sign-name", "小管家银行",
                                    "text-template", "SMS_1",
                                    "callback-key", Accounts.KEY,
                                    "callback-from", "203.0.113.0/24",
                                    "api-base", platform.address().toString()),
                            Map.of());
            try (var channel =
                    new SmsChannel<>(new AliyunProvider(Clock.systemUTC()), account.accounts())) {
                assertThat(onEventLoop(channel.read(callback())).inbound()).hasSize(1);
                assertThat(onEventLoop(channel.deliver(message())).platformId())
                        .isEqualTo("9000^0");
                assertThat(onEventLoop(channel.health("main").collectList()))
                        .allMatch(sign -> sign.problem() == null);
            }
        }
    }

    private static Callback callback() {
        return new Callback(
                "sms-aliyun",
                "main",
                Map.of("key", Accounts.KEY),
                "application/json",
                "[{\"phone_number\":\"13700000001\",\"content\":\"R\"}]".getBytes(UTF_8),
                Instant.now(),
                "203.0.113.7");
    }

    private static OutboundMessage message() {
        return new OutboundMessage(
                "d1",
                new Address("sms-aliyun", "main", "+8613700000001"),
                Author.BOT,
                new Content.Text("您好"));
    }

    private static <T> T onEventLoop(Mono<T> work) {
        var result =
                Mono.defer(() -> work)
                        .subscribeOn(Schedulers.parallel())
                        .block(Duration.ofSeconds(20));
        assertThat(result).isNotNull();
        return result;
    }
}
