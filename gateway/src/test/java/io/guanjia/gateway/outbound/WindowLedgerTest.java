package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Trigger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class WindowLedgerTest {

    private final House house = new House();
    private final House.Node node = house.node();
    private final Address customer = house.at(FakeChannel.SERVICE, "lilei");

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whoStopsFollowingIsWrittenToNoMoreUntilTheyComeBack() {
        house.writes(node, customer);
        var waiting = house.say(node, customer, "您好");

        leaves(house.clock.instant());

        assertThat(house.status(waiting))
                .isEqualTo(new DeliveryStatus(DeliveryState.REFUSED, Reasons.UNFOLLOWED));
        assertThat(house.window(node, customer).open()).isFalse();
        house.clock.advance(Duration.ofSeconds(1));
        house.writes(node, customer);
        assertThat(house.window(node, customer).remaining()).isEqualTo(5);
    }

    @Test
    void whoLeftAndCameBackKeepsWhatTheyOpenedSinceAndWhatWaitsForThem() {
        var left = house.clock.instant();
        house.opens(node, customer, Trigger.MESSAGE, left);
        house.opens(node, customer, Trigger.MENU, left.plusSeconds(1));
        var waiting = house.say(node, customer, "您好");

        leaves(left);

        assertThat(house.state(waiting)).isEqualTo(DeliveryState.QUEUED);
        assertThat(house.window(node, customer))
                .isEqualTo(new Window(3, left.plusSeconds(61), true));
    }

    @Test
    void countsTheLargerAllowanceAndNeverTheSum() {
        var start = house.clock.instant();
        assertThat(house.window(node, customer)).isEqualTo(Window.SHUT);

        house.opens(node, customer, Trigger.MENU, start);
        assertThat(house.window(node, customer))
                .isEqualTo(new Window(3, start.plusSeconds(60), true));
        house.opens(node, customer, Trigger.MESSAGE, start);
        assertThat(house.window(node, customer))
                .isEqualTo(new Window(5, start.plus(Duration.ofHours(48)), true));

        sendTwo();
        assertThat(house.window(node, customer).remaining()).isEqualTo(3);
        house.opens(node, customer, Trigger.MENU, start.plusSeconds(1));
        assertThat(house.window(node, customer).remaining()).isEqualTo(3);
    }

    @Test
    void aNewMessageStartsAfreshAndALateOneChangesNothing() {
        var start = house.clock.instant();
        house.opens(node, customer, Trigger.MESSAGE, start);
        sendTwo();

        house.opens(node, customer, Trigger.MESSAGE, start.minusSeconds(10));
        assertThat(house.window(node, customer))
                .isEqualTo(new Window(3, start.plus(Duration.ofHours(48)), true));

        house.opens(node, customer, Trigger.MESSAGE, start.plusSeconds(10));
        assertThat(house.window(node, customer))
                .isEqualTo(new Window(5, start.plusSeconds(10).plus(Duration.ofHours(48)), true));
    }

    @Test
    void aWindowEnds() {
        house.opens(node, customer, Trigger.MENU, house.clock.instant());
        house.clock.advance(Duration.ofMinutes(1));

        assertThat(house.window(node, customer)).isEqualTo(Window.SHUT);
    }

    @Test
    void aTriggerWithoutARuleOpensNothing() {
        house.opens(node, customer, Trigger.PAYMENT, house.clock.instant());

        assertThat(house.window(node, customer)).isEqualTo(Window.SHUT);
    }

    @Test
    void anAccountWithoutRulesHasNoLimit() {
        assertThat(house.window(node, house.at(FakeChannel.PACED, "lilei")))
                .isEqualTo(Window.UNLIMITED);
    }

    @Test
    void takesManyOpeningsInOneGo() {
        var now = house.clock.instant();
        var others =
                Flux.range(0, 50)
                        .map(i -> house.at(FakeChannel.SERVICE, "party" + i))
                        .collectList()
                        .block();
        assertThat(others).isNotNull();
        var openings =
                others.stream()
                        .flatMap(
                                one ->
                                        List.of(
                                                opening(one, now),
                                                opening(one, now.minusSeconds(1)))
                                                .stream())
                        .toList();

        House.run(node.windows.opened(openings).as(house.database.transaction::transactional));

        assertThat(
                        House.now(node.windows.windows(others.stream().map(house::party).toList()))
                                .values())
                .hasSize(50)
                .containsOnly(new Window(5, now.plus(Duration.ofHours(48)), true));
    }

    /** Whoever holds and whoever opens must not miss each other. */
    @Test
    void nothingStaysHeldWhileTheWindowIsOpenHoweverOftenTheTwoMeet() {
        node.started();
        for (var i = 0; i < 20; i++) {
            var one = house.at(FakeChannel.SERVICE, "party" + i);
            house.say(node, one, "您好");
            house.writes(node, one);
        }

        await().until(() -> house.count("state = 'accepted'") == 20);
        assertThat(house.count("state = 'held'")).isZero();
    }

    private void leaves(Instant at) {
        House.run(
                node.windows
                        .closed(List.of(new Leaving(house.party(customer), at)))
                        .as(house.database.transaction::transactional));
    }

    private Opening opening(Address from, Instant at) {
        return new Opening(house.party(from), from.channel(), from.account(), Trigger.MESSAGE, at);
    }

    private void sendTwo() {
        node.started();
        house.say(node, customer, "一");
        var second = house.say(node, customer, "二");
        await().until(() -> house.state(second) == DeliveryState.ACCEPTED);
        house.clock.advance(Duration.ofMillis(1));
    }
}
