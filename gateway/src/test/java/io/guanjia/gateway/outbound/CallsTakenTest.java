package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Duration;

/** Messages that take several of the platform's calls each. */
class CallsTakenTest {

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void goOnlyAsFastAsThePlatformTakesTheirCalls() {
        house.channel.callsEach = 3;
        var purse = new Purse(10);
        var node = house.node(House.settings(16), purse);
        for (var i = 0; i < 5; i++) {
            house.say(node, house.at(FakeChannel.PACED, "party" + i), "您好");
        }

        node.started();

        // The fourth overdraws it by two.
        await().until(() -> purse.left() == -2);
        await().until(() -> house.channel.said.size() == 4);
        assertNoMoreAreSent(purse, 4);

        purse.add(3);
        await().until(() -> house.channel.said.size() == 5);
        await().until(() -> purse.left() == -2);
    }

    @Test
    void givesBackWhatWasGrantedAndNotNeeded() {
        var purse = new Purse(100);
        var node = house.node(House.settings(16), purse);
        house.channel.callsEach = 8;
        house.say(node, house.at(FakeChannel.PACED, "party0"), "长短信");
        node.started();
        await().until(() -> house.channel.said.size() == 1);
        await().until(() -> purse.left() == 92);

        house.channel.callsEach = 1;
        house.say(node, house.at(FakeChannel.PACED, "party1"), "短短信");

        await().until(() -> house.channel.said.size() == 2);
        await().until(() -> purse.left() == 91);
    }

    private void assertNoMoreAreSent(Purse purse, int sent) {
        var asked = purse.asked();
        await().until(() -> purse.asked() > asked + 3);
        assertThat(house.channel.said).hasSize(sent);
    }

    /** A pace that is as fast as a test fills it up. */
    private static final class Purse implements Pace {

        private int left;
        private int asked;

        Purse(int left) {
            this.left = left;
        }

        synchronized int left() {
            return left;
        }

        synchronized int asked() {
            return asked;
        }

        synchronized void add(int calls) {
            left += calls;
        }

        @Override
        public Mono<Grant> take(Way way, double perSecond, int wanted) {
            return Mono.fromSupplier(
                    () -> {
                        synchronized (this) {
                            asked++;
                            var granted = Math.max(0, Math.min(wanted, left));
                            left -= granted;
                            return new Grant(granted, Duration.ofMillis(5));
                        }
                    });
        }

        @Override
        public Mono<Void> settle(Way way, double perSecond, int more) {
            return Mono.fromRunnable(() -> add(-more));
        }
    }
}
