package io.guanjia.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.wechat.message.Event;
import io.guanjia.sandbox.wechat.message.Message;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Everything has its effect, and has it once: what users of such systems complain about most. */
class OnceTest {

    @TempDir static Path folder;
    private static Spine spine;

    @BeforeAll
    static void start() {
        spine = Spine.start(folder);
    }

    @AfterAll
    static void stop() {
        spine.close();
    }

    @Test
    void fiftyCustomersWhoScanInTheSameSecondGetFiftyWelcomes() {
        var customers =
                IntStream.range(0, 50)
                        .mapToObj(number -> spine.wechat().stranger("扫码顾客" + number))
                        .toList();

        var callbacks =
                customers.stream()
                        .map(customer -> customer.starts(new Event.Subscribe("shop-7")))
                        .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(callbacks).join();

        for (var customer : customers) {
            assertThat(customer.awaitSees(1, Duration.ofSeconds(20))).hasSize(1);
            assertThat(customer.reads().getFirst()).contains("智能助手");
        }
    }

    @Test
    void twoDifferentEventsOfOneCustomerInOneSecondAreTwo() {
        var jim = spine.wechat().customer("Jim");

        CompletableFuture.allOf(
                        jim.starts(new Event.Scan("shop-1")), jim.starts(new Event.Scan("shop-2")))
                .join();

        assertThat(jim.awaitSees(2)).hasSize(2);
    }

    @Test
    void aMessageDeliveredThreeTimesIsAnsweredOnce() {
        var lucy = spine.wechat().customer("Lucy");
        spine.wechat()
                .faults()
                .add(Fault.next(1, Fault.CALLBACKS, new Effect.Duplicate(3, List.of())));

        lucy.says("怎么还信用卡");

        lucy.awaitSees(1);
        spine.settled();
        assertThat(lucy.sees()).hasSize(1);
    }

    @Test
    void whatCustomersWriteWhileTheJournalIsAwayIsAcknowledgedAndAnsweredLater() {
        var lily = spine.wechat().customer("Lily");
        lily.says("你好");
        lily.awaitSees(1);
        var kafka = EmbeddedServers.shared().kafka();

        kafka.kill();
        var first = lily.says("怎么还信用卡");
        var second = lily.does(new Message.Text("怎么查账单"));
        kafka.start();

        assertThat(first.acknowledged()).isTrue();
        assertThat(second.acknowledged()).isTrue();
        lily.awaitSees(3, Duration.ofSeconds(60));
        assertThat(lily.reads().get(1)).contains("还款");
        spine.settled();
        assertThat(lily.sees()).hasSize(3);
    }
}
