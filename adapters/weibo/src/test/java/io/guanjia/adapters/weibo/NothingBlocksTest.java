package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import reactor.blockhound.BlockHound;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.time.Duration;
import java.util.Map;

/** Callbacks and deliveries run on event loops, where one blocking call holds up every customer. */
class NothingBlocksTest {

    private static final Address CUSTOMER = new Address("weibo", "demo", Accounts.CUSTOMER);

    @BeforeAll
    static void watch() {
        BlockHound.builder()
                // Its pool waits for its own lock, for as long as others take a buffer from it.
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .install();
    }

    @Test
    void readsAndAnswersCallbacksWithoutBlocking() {
        var channel = Accounts.channel(Map.of());
        var callback = Callbacks.signed(Callbacks.sample("text"));

        var answer =
                onEventLoop(
                        Mono.defer(() -> channel.read(callback))
                                .map(
                                        reading ->
                                                reading.answers()
                                                        .passively(new Content.Text("您好"))
                                                        .isPresent()));

        assertThat(answer).isTrue();
    }

    @Test
    void deliversAndFetchesWithoutBlocking() {
        try (var platform = new FakePlatform()) {
            platform.answer(FansServiceApi.PATH, "{\"result\":true}");
            platform.script(
                    "/2/mss/msget",
                    (request, response) -> FakePlatform.body(response, "image/png", new byte[9]));
            var channel = Accounts.channel(Map.of("api-base", platform.address().toString()));
            var message = new OutboundMessage("d1", CUSTOMER, Author.BOT, new Content.Text("您好"));

            assertThat(onEventLoop(channel.deliver(message))).isNotNull();
            assertThat(
                            onEventLoop(
                                    channel.fetch(
                                            CUSTOMER,
                                            Media.onPlatform("1", null),
                                            MediaTest::bytes)))
                    .hasSize(9);
            channel.close();
        }
    }

    private static <T> T onEventLoop(Mono<T> work) {
        var result = work.subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(20));
        assertThat(result).isNotNull();
        return result;
    }
}
