package io.guanjia.trials.bench.load;

import io.guanjia.trials.caller.Credentials;
import io.guanjia.trials.caller.WeixinCaller;
import io.guanjia.trials.process.Await;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Whether the tool shows what it is there to show: a server that stands still for two seconds. */
public final class SelfTest {

    private static final Duration STALL = Duration.ofSeconds(2);
    private static final int SECONDS = 8;
    private static final int RATE = 500;

    private SelfTest() {}

    /**
     * Measures a server that stalls once, open-loop.
     *
     * @throws IllegalStateException when the stall does not show
     */
    public static LoadResult run(Function<LoadPlan, LoadResult> tool) {
        var threads = LoopResources.create("stall", 1, true);
        var server = stallingServer(threads, Duration.ofSeconds(3));
        try {
            var result = tool.apply(plan(server.port()).atRate(RATE, 64));
            require(result);
            return result;
        } finally {
            server.disposeNow();
            threads.dispose();
        }
    }

    /** A plan for a server in this JVM. */
    static LoadPlan plan(int port) {
        return new LoadPlan(
                "127.0.0.1",
                port,
                "/callback",
                8,
                SECONDS,
                0,
                20_000,
                500,
                0.05,
                new WeixinCaller(
                        "wechat",
                        new Credentials("gh_trial", "wxtrial", "token", "a".repeat(43)),
                        false));
    }

    /** Answers "success", and after {@code calm} lets nobody through for a while, once. */
    private static DisposableServer stallingServer(LoopResources threads, Duration calm) {
        var begin = System.nanoTime();
        var stalled = new AtomicBoolean();
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(threads)
                .handle(
                        (request, response) -> {
                            if (System.nanoTime() - begin > calm.toNanos()
                                    && stalled.compareAndSet(false, true)) {
                                Await.pause(STALL);
                            }
                            return request.receive()
                                    .then()
                                    .thenMany(response.sendString(Mono.just("success")));
                        })
                .bindNow();
    }

    /** A quarter of all messages was due during the stall and had to wait for its end. */
    private static void require(LoadResult result) {
        var stall = STALL.toNanos() / 1_000;
        var shown =
                result.maximum() >= stall * 95 / 100
                        && result.p90() >= stall / 4
                        && result.wrong() == 0
                        && result.acknowledged() == (long) RATE * SECONDS;
        if (!shown) {
            throw new IllegalStateException("the tool does not show a stall of 2 s: " + result);
        }
    }
}
