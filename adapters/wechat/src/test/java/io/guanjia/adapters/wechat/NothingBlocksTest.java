package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.weixin.api.Api;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.time.Duration;
import java.util.Map;

/** Callbacks and deliveries run on event loops, where one blocking call holds up every customer. */
class NothingBlocksTest {

    private static final Address CUSTOMER = new Address("wechat", "demo", "o1");

    @BeforeAll
    static void watch() {
        BlockHound.builder()
                .loadIntegrations()
                // Its pool waits for its own lock, for as long as others take a buffer from it.
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .install();
    }

    @Test
    void noticesABlockingCall() {
        assertThatThrownBy(
                        () ->
                                onEventLoop(
                                        Mono.fromCallable(
                                                () -> {
                                                    Thread.sleep(1);
                                                    return "slept";
                                                })))
                .hasStackTraceContaining("Blocking call");
    }

    @Test
    void readsAndAnswersCallbacksWithoutBlocking() {
        var channel = Channels.with(Accounts.demo(Map.of()));
        var callback = Callbacks.safe(Callbacks.sample("text"));

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
    void deliversWithoutBlocking() {
        try (var platform = Weixin.platform()) {
            platform.answer(Api.MEDIA_UPLOAD.path(), "{\"media_id\":\"m1\"}");
            var channel =
                    Channels.with(
                            Accounts.demo(Map.of("api-base", platform.address().toString())),
                            id -> Mono.just(picture()),
                            new Channels.NoStrangers());

            for (var content :
                    new Content[] {
                        new Content.Text("您好"),
                        new Content.Image(new Media("ours", null, null, null, null))
                    }) {
                var message = new OutboundMessage("d1", CUSTOMER, Author.BOT, content);
                assertThat(onEventLoop(channel.deliver(message))).isNotNull();
            }
            channel.close();
        }
    }

    private static MediaStream picture() {
        return new MediaStream(
                null,
                "image/png",
                3L,
                Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(new byte[] {1, 2, 3})));
    }

    private static <T> T onEventLoop(Mono<T> work) {
        var result = work.subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(20));
        assertThat(result).isNotNull();
        return result;
    }
}
