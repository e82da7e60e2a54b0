package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Trigger;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class SenderTest {

    private final House house = new House();
    private final FakeChannel channel = house.channel;

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void sendsWhatIsEnqueuedAndTellsTheDesk() {
        var node = house.node().started();
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);
        var before = house.revision(customer);

        var message = house.say(node, customer, "您好");

        awaitState(message, DeliveryState.ACCEPTED);
        assertThat(channel.said).containsExactly("您好");
        assertThat(house.revision(customer)).isEqualTo(before + 1);
        await().until(() -> house.rings.contains(house.conversation(customer)));
        assertThat(house.metrics.timer("guanjia.sends", tags("accepted")).count()).isEqualTo(1);
    }

    @Test
    void holdsTheSixthMessageOfAWindowUntilTheCustomerWrites() {
        var node = house.node().started();
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);

        var messages =
                IntStream.rangeClosed(1, 7)
                        .mapToObj(i -> house.say(node, customer, "第" + i + "条"))
                        .toList();

        awaitState(messages.get(4), DeliveryState.ACCEPTED);
        awaitState(messages.get(5), DeliveryState.HELD);
        awaitState(messages.get(6), DeliveryState.HELD);
        assertThat(house.status(messages.get(5)).reason()).isEqualTo(Reasons.WINDOW);
        assertThat(house.window(node, customer))
                .isEqualTo(new Window(0, house.clock.instant().plus(Duration.ofHours(48)), false));
        assertThat(channel.said).hasSize(5);

        house.clock.advance(Duration.ofSeconds(30));
        house.writes(node, customer);

        awaitState(messages.get(6), DeliveryState.ACCEPTED);
        assertThat(channel.said).containsExactly("第1条", "第2条", "第3条", "第4条", "第5条", "第6条", "第7条");
        assertThat(house.window(node, customer).remaining()).isEqualTo(3);
    }

    @Test
    void sendsEachDeliveryOnceAndInOrderHoweverManySendersThereAre() {
        var nodes =
                List.of(house.node(House.settings(4), null), house.node(House.settings(4), null));
        var inFlight = new ConcurrentHashMap<String, AtomicInteger>();
        var overlapped = new AtomicBoolean();
        channel.platform =
                message -> {
                    var party = message.to().party();
                    var count = inFlight.computeIfAbsent(party, same -> new AtomicInteger());
                    if (count.incrementAndGet() > 1) {
                        overlapped.set(true);
                    }
                    return Mono.delay(Duration.ofMillis(3))
                            .then(channel.take(message))
                            .doFinally(signal -> count.decrementAndGet());
                };
        for (var i = 0; i < 15; i++) {
            for (var party = 0; party < 10; party++) {
                var customer = house.at(FakeChannel.SERVICE, "party" + party);
                if (i % 5 == 0) {
                    house.opens(nodes.getFirst(), customer, Trigger.MESSAGE, house.clock.instant());
                }
                house.say(nodes.getFirst(), customer, Integer.toString(i));
            }
            if (i == 4) {
                nodes.forEach(House.Node::started);
            }
            if (i % 5 == 4) {
                var sent = (i + 1) * 10;
                await().until(() -> channel.said.size() == sent);
                await().until(() -> house.count("state = 'accepted'") == sent);
            }
        }

        assertThat(channel.saidTo).doesNotHaveDuplicates().hasSize(150);
        for (var party = 0; party < 10; party++) {
            var name = "party" + party + ":";
            assertThat(channel.saidTo.stream().filter(line -> line.startsWith(name)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 15).mapToObj(i -> name + i).toList());
        }
        assertThat(overlapped).isFalse();
    }

    @Test
    void aPersonsReplyOvertakesACampaign() {
        var node = house.node(House.settings(1), null);
        for (var i = 0; i < 20; i++) {
            house.say(
                    node,
                    house.at(FakeChannel.PACED, "party" + i),
                    new Content.Text("促销"),
                    Lane.CAMPAIGN,
                    null);
        }
        var customer = house.at(FakeChannel.PACED, "party3");
        house.say(node, customer, new Content.Text("机器人"), Lane.BOT, null);
        house.say(
                node,
                house.at(FakeChannel.PACED, "hanmeimei"),
                new Content.Text("人工"),
                Lane.PERSON,
                null);

        node.started();

        await().until(() -> channel.said.size() > 2);
        assertThat(channel.said.subList(0, 3)).containsExactly("人工", "机器人", "促销");
    }

    @Test
    void keepsThePaceOfAnApi() {
        var node = house.node(House.settings(16), null);
        for (var i = 0; i < 12; i++) {
            house.say(node, house.at(FakeChannel.PACED, "party" + i), "您好");
        }
        var begin = System.nanoTime();

        node.started();

        await().until(() -> channel.said.size() == 12);
        // Ten a second, after a burst of two.
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThan(Duration.ofMillis(950));
    }

    @Test
    void makesAtMostOneMoreCallAfterThePlatformSaysThatTheQuotaIsUsedUp() {
        var reset = house.clock.instant().plus(Duration.ofHours(5));
        channel.platform =
                message ->
                        channel.calls.get() <= 10
                                ? channel.take(message)
                                : Mono.delay(Duration.ofMillis(20))
                                        .then(
                                                Mono.error(
                                                        new Blocked(
                                                                "45009 api quota",
                                                                "custom-send",
                                                                reset)));
        var nodes = List.of(house.node(), house.node());
        var messages =
                IntStream.range(0, 40)
                        .mapToObj(
                                i -> {
                                    var customer = house.at(FakeChannel.SERVICE, "party" + i);
                                    house.writes(nodes.getFirst(), customer);
                                    return house.say(nodes.getFirst(), customer, "您好");
                                })
                        .toList();

        nodes.getFirst().started();
        await().until(() -> house.count("reason = '45009 api quota'") > 0);
        nodes.getLast().started();
        await().during(Duration.ofMillis(300)).until(() -> channel.calls.get() <= 12);
        assertThat(House.now(nodes.getFirst().circuits.open().collectList()))
                .singleElement()
                .satisfies(circuit -> assertThat(circuit.until()).isEqualTo(reset));

        channel.platform = channel::take;
        house.clock.advance(Duration.ofHours(5));

        messages.forEach(message -> awaitState(message, DeliveryState.ACCEPTED));
        assertThat(channel.said).hasSize(40);
        // What was refused took nothing from the window.
        assertThat(house.window(nodes.getFirst(), house.at(FakeChannel.SERVICE, "party15")))
                .extracting(Window::remaining)
                .isEqualTo(4);
    }

    @Test
    void endsAMessageThatNeedsABlockedApiBesidesItsOwnAndSendsTheNext() {
        var node = house.node();
        var customer = house.at(FakeChannel.SERVICE, "party");
        house.writes(node, customer);
        channel.platform =
                message ->
                        channel.calls.get() == 1
                                ? Mono.error(
                                        new Blocked(
                                                "45009 api quota",
                                                "media-upload",
                                                house.clock.instant().plus(Duration.ofHours(5))))
                                : channel.take(message);
        var picture = house.say(node, customer, "picture");
        var words = house.say(node, customer, "您好");

        node.started();

        awaitState(picture, DeliveryState.REFUSED);
        awaitState(words, DeliveryState.ACCEPTED);
        assertThat(channel.calls).hasValue(2);
        assertThat(House.now(node.circuits.open().collectList()))
                .singleElement()
                .satisfies(circuit -> assertThat(circuit.reason()).isEqualTo("45009 api quota"));
    }

    @Test
    void triesAShutAccountWithOneMessageFromTimeToTimeUntilItWorks() {
        var node = house.node();
        channel.platform = message -> Mono.error(new Blocked("40001 wrong secret", null, null));
        for (var i = 0; i < 5; i++) {
            var customer = house.at(FakeChannel.SERVICE, "party" + i);
            house.writes(node, customer);
            house.say(node, customer, "您好");
        }
        node.started();
        await().until(() -> house.count("reason is not null") > 0);
        await().during(Duration.ofMillis(200)).until(() -> channel.calls.get() <= 2);
        var calls = channel.calls.get();

        house.clock.advance(Duration.ofMinutes(6));
        await().until(() -> channel.calls.get() == calls + 1);
        await().during(Duration.ofMillis(200)).until(() -> channel.calls.get() == calls + 1);

        channel.platform = channel::take;
        house.clock.advance(Duration.ofMinutes(6));
        await().until(() -> channel.said.size() == 5);
        assertThat(House.now(node.circuits.open().collectList())).isEmpty();
    }

    @Test
    void slowsDownWhenToldToAndGoesOnAfterwards() {
        var node = house.node();
        channel.platform =
                message -> Mono.error(new Throttled("45011 too frequent", Duration.ofSeconds(60)));
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);
        var message = house.say(node, customer, "您好");
        node.started();
        await().until(() -> channel.calls.get() == 1);
        awaitState(message, DeliveryState.QUEUED);

        channel.platform = channel::take;
        house.clock.advance(Duration.ofSeconds(59));
        await().during(Duration.ofMillis(200)).until(() -> channel.calls.get() == 1);
        house.clock.advance(Duration.ofSeconds(2));

        awaitState(message, DeliveryState.ACCEPTED);
        assertThat(house.status(message).reason()).isNull();
    }

    @Test
    void letsOthersGoWhileOneHasHadEnough() {
        var node = house.node();
        var often = house.at(FakeChannel.SERVICE, "lilei");
        var other = house.at(FakeChannel.SERVICE, "hanmeimei");
        channel.platform =
                message ->
                        message.to().equals(often)
                                ? Mono.error(
                                        Throttled.alone("one a minute", Duration.ofSeconds(60)))
                                : channel.take(message);
        house.writes(node, often);
        house.writes(node, other);
        var waits = house.say(node, often, "您好");
        node.started();
        await().until(() -> channel.calls.get() == 1);

        awaitState(house.say(node, other, "您好"), DeliveryState.ACCEPTED);
        awaitState(waits, DeliveryState.QUEUED);
        assertThat(House.now(node.circuits.open().collectList())).isEmpty();

        channel.platform = channel::take;
        house.clock.advance(Duration.ofSeconds(61));
        awaitState(waits, DeliveryState.ACCEPTED);
    }

    @Test
    void aNoticeDoesNotWaitForAnotherThatMayNotGoBeforeMorning() {
        var node = house.node().started();
        var customer = house.at(FakeChannel.LINE, "lilei");
        channel.platform =
                message ->
                        message.content().equals(new Content.Text("促销"))
                                ? Mono.error(Throttled.alone("not at night", Duration.ofHours(9)))
                                : channel.take(message);
        var promotion = house.say(node, customer, new Content.Text("促销"), Lane.CAMPAIGN, null);
        await().until(() -> channel.calls.get() == 1);
        house.clock.advance(Duration.ofMinutes(10));

        var code = house.say(node, customer, new Content.Text("验证码"), Lane.CAMPAIGN, null);

        awaitState(code, DeliveryState.ACCEPTED);
        awaitState(promotion, DeliveryState.QUEUED);
    }

    @Test
    void aNoticeThatFailedKeepsItsPlaceHoweverLongItHasToWait() {
        var node = house.node().started();
        var customer = house.at(FakeChannel.LINE, "lilei");
        channel.platform = message -> Mono.error(new Unavailable("busy"));
        var first = house.say(node, customer, new Content.Text("扣款"), Lane.CAMPAIGN, null);
        await().until(() -> house.count("attempts = 1") == 1);
        channel.platform = channel::take;
        // As after many more tries.
        House.run(
                house.database
                        .client
                        .sql("update delivery set not_before = not_before + interval '5 minutes'")
                        .then());

        var second = house.say(node, customer, new Content.Text("退款"), Lane.CAMPAIGN, null);
        house.clock.advance(Duration.ofMinutes(2));
        awaitState(
                house.say(node, house.at(FakeChannel.LINE, "hanmeimei"), "您好"),
                DeliveryState.ACCEPTED);
        awaitState(second, DeliveryState.QUEUED);

        house.clock.advance(Duration.ofMinutes(10));
        awaitState(first, DeliveryState.ACCEPTED);
        awaitState(second, DeliveryState.ACCEPTED);
        assertThat(channel.said).containsExactly("您好", "扣款", "退款");
    }

    @Test
    void aNodeThatIsKeptFromThePlatformLeavesMessagesToOthersAndShutsNothing() {
        channel.cutOff = FakeChannel.LINE;
        var node = house.node().started();
        var message = house.say(node, house.at(FakeChannel.LINE, "lilei"), "您好");

        awaitState(
                house.say(node, house.at(FakeChannel.PACED, "hanmeimei"), "您好"),
                DeliveryState.ACCEPTED);
        awaitState(message, DeliveryState.QUEUED);
        assertThat(House.now(node.circuits.open().collectList())).isEmpty();

        channel.cutOff = "";
        awaitState(message, DeliveryState.ACCEPTED);
    }

    @Test
    void givesUpAfterSeveralTriesAtAPlatformThatIsDown() {
        var node = house.node();
        channel.platform = message -> Mono.error(new Unavailable("-1 busy"));
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);
        var message = house.say(node, customer, "您好");
        node.started();

        for (var i = 1; i <= 3; i++) {
            var calls = i;
            await().until(() -> channel.calls.get() == calls);
            house.clock.advance(Duration.ofMinutes(10));
        }

        awaitState(message, DeliveryState.REFUSED);
        assertThat(house.status(message).reason()).isEqualTo("-1 busy");
        assertThat(house.window(node, customer).remaining()).isEqualTo(5);
    }

    @Test
    void asksNoMoreOftenThanThePlatformWants() {
        var node = house.node();
        channel.platform = message -> Mono.error(new Unavailable("-1 busy", 1));
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);
        var message = house.say(node, customer, "您好");
        node.started();

        for (var i = 1; i <= 2; i++) {
            var calls = i;
            await().until(() -> channel.calls.get() == calls);
            house.clock.advance(Duration.ofMinutes(10));
        }

        awaitState(message, DeliveryState.REFUSED);
        assertThat(channel.calls).hasValue(2);
    }

    @Test
    void havingBeenOutOfReachIsNotHavingBeenBusy() {
        var node = house.node();
        channel.platform = message -> Mono.error(new Unavailable("not sent"));
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);
        var message = house.say(node, customer, "您好");
        node.started();
        await().until(() -> channel.calls.get() == 1);
        house.clock.advance(Duration.ofMinutes(10));
        await().until(() -> channel.calls.get() == 2);
        channel.platform = one -> Mono.error(new Unavailable("-1 busy", 2));
        house.clock.advance(Duration.ofMinutes(10));
        await().until(() -> channel.calls.get() == 3);
        house.clock.advance(Duration.ofMinutes(10));
        await().until(() -> channel.calls.get() == 4);
        awaitState(message, DeliveryState.QUEUED);

        channel.platform = channel::take;
        house.clock.advance(Duration.ofMinutes(10));

        awaitState(message, DeliveryState.ACCEPTED);
    }

    @Test
    void flagsWhatThePlatformFindsUnsafe() {
        var node = house.node();
        channel.platform = message -> Mono.error(Refused.unsafe("errcode 87014"));
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);
        var message = house.say(node, customer, "您好");
        node.started();

        awaitState(message, DeliveryState.REFUSED);
        assertThat(house.metrics.get("guanjia.sends").tag("outcome", "unsafe").timer().count())
                .isEqualTo(1);
    }

    @Test
    void believesThePlatformThatTheWindowIsUsedUp() {
        var node = house.node();
        channel.platform = message -> Mono.error(new WindowClosed("45047 out of quota"));
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);
        var message = house.say(node, customer, "您好");
        node.started();

        awaitState(message, DeliveryState.HELD);
        assertThat(house.window(node, customer).open()).isFalse();
        assertThat(channel.calls).hasValue(1);

        channel.platform = channel::take;
        house.clock.advance(Duration.ofSeconds(10));
        house.writes(node, customer);
        awaitState(message, DeliveryState.ACCEPTED);
    }

    @Test
    void aWindowThatOpensDuringATryIsNotTheOneThePlatformSpokeOf() {
        var node = house.node();
        var answer = Sinks.<Accepted>one();
        channel.platform = message -> answer.asMono();
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);
        var message = house.say(node, customer, "您好");
        node.started();
        await().until(() -> channel.calls.get() == 1);

        house.clock.advance(Duration.ofSeconds(1));
        house.writes(node, customer);
        channel.platform = channel::take;
        answer.tryEmitError(new WindowClosed("45047 out of quota"));

        awaitState(message, DeliveryState.ACCEPTED);
        assertThat(house.window(node, customer).remaining()).isEqualTo(4);
    }

    @Test
    void neverSendsAgainWhatMayHaveArrived() {
        var node = house.node().started();
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);
        channel.platform = message -> Mono.never();
        var silent = house.say(node, customer, "没有应答");
        awaitState(silent, DeliveryState.UNKNOWN);
        assertThat(house.status(silent).reason()).isEqualTo(Reasons.NO_ANSWER);

        channel.platform =
                message -> {
                    throw new IllegalStateException("身份证 110101199003070000");
                };
        var broken = house.say(node, customer, "出错");
        awaitState(broken, DeliveryState.UNKNOWN);
        assertThat(house.status(broken).reason()).isEqualTo(Reasons.BROKEN);

        channel.platform = channel::take;
        house.say(node, customer, "下一条");
        await().until(() -> channel.said.contains("下一条"));
        assertThat(channel.calls).hasValue(3);
    }

    @Test
    void aNodeThatDiesInACallLeavesAnUnknownOutcome() {
        var dead = house.node();
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(dead, customer);
        var lost = house.say(dead, customer, "一");
        var next = house.say(dead, customer, "二");
        var way = new Way(FakeChannel.NAME, FakeChannel.SERVICE, "custom-send");
        var leased =
                House.now(dead.leases.lease(way, channel.account(FakeChannel.SERVICE), 5, false));
        assertThat(leased).hasSize(1);
        assertThat(House.now(dead.leases.call(leased.getFirst()))).isTrue();

        var alive = house.node().started();
        await().during(Duration.ofMillis(200)).until(() -> channel.calls.get() == 0);
        house.clock.advance(Duration.ofSeconds(61));
        alive.sweepOnce();

        awaitState(lost, DeliveryState.UNKNOWN);
        assertThat(house.status(lost).reason()).isEqualTo(Reasons.NODE_LOST);
        awaitState(next, DeliveryState.ACCEPTED);
        assertThat(channel.said).containsExactly("二");

        // It was not dead after all: what it knows counts, though it comes late.
        var outcomes = new Outcomes(dead.changes, dead.circuits, dead.settings, house.clock);
        House.run(outcomes.accepted(leased.getFirst(), new Accepted("x")));
        assertThat(house.state(lost)).isEqualTo(DeliveryState.ACCEPTED);
    }

    @Test
    void aTryThatDidNotBeginGoesBackWithItsShareOfTheWindow() {
        var node = house.node();
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);
        var message = house.say(node, customer, "您好");
        var way = new Way(FakeChannel.NAME, FakeChannel.SERVICE, "custom-send");
        var leased =
                House.now(node.leases.lease(way, channel.account(FakeChannel.SERVICE), 5, false))
                        .getFirst();
        assertThat(house.window(node, customer).remaining()).isEqualTo(4);

        House.run(node.leases.giveBack(leased));

        assertThat(house.state(message)).isEqualTo(DeliveryState.QUEUED);
        assertThat(house.window(node, customer).remaining()).isEqualTo(5);
    }

    @Test
    void endsWhatCouldNotGoOutInTime() {
        var node = house.node();
        var closed = house.at(FakeChannel.SERVICE, "lilei");
        var held = house.say(node, closed, "窗口已关");
        var queued =
                house.say(
                        node,
                        house.at("gone", "hanmeimei"),
                        new Content.Text("账号不在"),
                        Lane.PERSON,
                        null);
        node.started();
        awaitState(held, DeliveryState.HELD);
        assertThat(house.status(queued))
                .isEqualTo(new DeliveryStatus(DeliveryState.REFUSED, Reasons.NO_ACCOUNT));

        house.clock.advance(Duration.ofHours(49));
        node.sweepOnce();

        assertThat(house.status(held))
                .isEqualTo(new DeliveryStatus(DeliveryState.EXPIRED, Reasons.NEVER_WROTE));
        house.writes(node, closed);
        await().during(Duration.ofMillis(100)).until(() -> channel.calls.get() == 0);
    }

    @Test
    void finishesWhatIsOnItsWayBeforeItStops() {
        var node = house.node().started();
        var answer = Sinks.<Accepted>one();
        channel.platform = message -> answer.asMono();
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);
        var message = house.say(node, customer, "您好");
        await().until(() -> channel.calls.get() == 1);
        var after = house.say(node, customer, "以后再说");

        var stopped = new AtomicBoolean();
        node.sender.stop(() -> stopped.set(true));
        assertThat(stopped).isFalse();
        answer.tryEmitValue(new Accepted("platform-1"));

        await().untilTrue(stopped);
        assertThat(house.state(message)).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(house.state(after)).isEqualTo(DeliveryState.QUEUED);
    }

    @Test
    void aTemplateNeedsNoWindow() {
        var node = house.node().started();
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        var held = house.say(node, customer, "窗口已关");
        awaitState(held, DeliveryState.HELD);

        var template =
                house.say(
                        node,
                        customer,
                        new Content.Template(
                                Content.Template.Kind.NOTIFICATION,
                                "bill-ready",
                                null,
                                null,
                                Map.of()),
                        Lane.BOT,
                        null);

        awaitState(template, DeliveryState.ACCEPTED);
        assertThat(channel.said).containsExactly("bill-ready");
    }

    @Test
    void anAccountThatMayOnlyAnswerStillSendsTemplates() {
        var node = house.node().started();
        var customer = house.at(FakeChannel.ANSWERS_ONLY, "lilei");
        house.writes(node, customer);
        var words = house.say(node, customer, "您好");

        var template =
                house.say(
                        node,
                        customer,
                        new Content.Template(
                                Content.Template.Kind.NOTIFICATION,
                                "bill-ready",
                                null,
                                null,
                                Map.of()),
                        Lane.CAMPAIGN,
                        null);

        awaitState(template, DeliveryState.ACCEPTED);
        awaitState(words, DeliveryState.HELD);
        assertThat(channel.said).containsExactly("bill-ready");
    }

    @Test
    void aPersonCanReallySendAgain() {
        var node = house.node().started();
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, customer);
        channel.platform = message -> Mono.error(new Refused("45002 too long"));
        var message = house.say(node, customer, "您好");
        awaitState(message, DeliveryState.REFUSED);

        channel.platform = channel::take;
        assertThat(House.now(node.deliveries.retry(message))).isTrue();

        awaitState(message, DeliveryState.ACCEPTED);
        assertThat(channel.said).containsExactly("您好");
        assertThat(House.now(node.deliveries.retry(message))).isFalse();
        assertThat(House.now(node.deliveries.retry(UUID.randomUUID()))).isFalse();
    }

    /** A platform drops a second message with an id that it has seen, and says nothing. */
    @Test
    void whatIsSentAgainHasItsOldIdOnlyWhereItMayHaveArrived() {
        var node = house.node().started();
        var customer = house.at(FakeChannel.LINE, "lilei");
        var ids = new CopyOnWriteArrayList<String>();
        var failures =
                new ArrayDeque<>(
                        List.of(
                                new Refused("failed"),
                                new OutcomeUnknown("no answer"),
                                new Refused("failed again")));
        channel.platform =
                message -> {
                    ids.add(message.deliveryId());
                    var failure = failures.poll();
                    return failure == null ? channel.take(message) : Mono.error(failure);
                };

        var message = house.say(node, customer, "您好");
        awaitState(message, DeliveryState.REFUSED);
        assertThat(House.now(node.deliveries.retry(message))).isTrue();
        awaitState(message, DeliveryState.UNKNOWN);
        assertThat(House.now(node.deliveries.retry(message))).isTrue();
        awaitState(message, DeliveryState.REFUSED);
        assertThat(House.now(node.deliveries.retry(message))).isTrue();
        awaitState(message, DeliveryState.ACCEPTED);

        assertThat(ids).hasSize(4);
        assertThat(ids.get(1)).isNotEqualTo(ids.get(0));
        assertThat(ids.subList(2, 4)).containsOnly(ids.get(1));
    }

    @Test
    void countsWhatWaits() {
        var node = house.node();
        house.say(node, house.at(FakeChannel.SERVICE, "lilei"), "您好");
        house.clock.advance(Duration.ofSeconds(90));

        House.run(node.counted.measure());

        assertThat(house.metrics.get("guanjia.deliveries.waiting").gauge().value()).isEqualTo(1);
        assertThat(house.metrics.get("guanjia.deliveries.oldest").gauge().value()).isEqualTo(90);
        var labels = new HashSet<String>();
        house.metrics
                .getMeters()
                .forEach(
                        meter ->
                                meter.getId().getTags().forEach(tag -> labels.add(tag.getValue())));
        assertThat(labels).doesNotContain("lilei");
    }

    @Test
    void aClockThatIsSetBackKeepsNoWayShut() {
        var node = house.node().started();
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.clock.advance(Duration.ofHours(2));
        house.writes(node, customer);
        channel.platform = message -> Mono.error(new Throttled("45011", Duration.ofMinutes(1)));
        var message = house.say(node, customer, "您好");
        await().until(() -> channel.calls.get() == 1);
        channel.platform = channel::take;
        awaitState(message, DeliveryState.QUEUED);

        house.clock.advance(Duration.ofHours(-2));
        node.sweepOnce();
        var other = house.at(FakeChannel.SERVICE, "hanmeimei");
        house.writes(node, other);
        var later = house.say(node, other, "在吗");

        awaitState(later, DeliveryState.ACCEPTED);
    }

    @Test
    void whatADeadNodeHadNotBegunToSendGoesOutFromAnother() {
        var dead = house.node();
        var messages = new ArrayList<UUID>();
        for (var i = 0; i < 6; i++) {
            var customer = house.at(FakeChannel.SERVICE, "party" + i);
            house.writes(dead, customer);
            messages.add(house.say(dead, customer, "第" + i + "条"));
        }
        var way = new Way(FakeChannel.NAME, FakeChannel.SERVICE, "custom-send");
        var leased =
                House.now(dead.leases.lease(way, channel.account(FakeChannel.SERVICE), 6, false));
        assertThat(leased).hasSize(6);
        assertThat(House.now(dead.leases.call(leased.getFirst()))).isTrue();

        house.clock.advance(Duration.ofSeconds(61));
        var alive = house.node();
        alive.sweepOnce();
        alive.started();

        await().until(() -> house.count("state = 'accepted'") == 5);
        assertThat(house.status(messages.getFirst()))
                .isEqualTo(new DeliveryStatus(DeliveryState.UNKNOWN, Reasons.NODE_LOST));
        assertThat(house.window(alive, house.at(FakeChannel.SERVICE, "party5")).remaining())
                .isEqualTo(4);
    }

    @Test
    void whatIsMoreUrgentGoesBeforeWhatWasTakenOutOfTheQueueEarlier() {
        var node = house.node(House.settings(1), null).started();
        var first = Sinks.<Accepted>one();
        channel.platform =
                message -> channel.calls.get() == 1 ? first.asMono() : channel.take(message);
        for (var i = 0; i < 5; i++) {
            var customer = house.at(FakeChannel.SERVICE, "party" + i);
            house.writes(node, customer);
            house.say(node, customer, new Content.Text("机器人" + i), Lane.BOT, null);
        }
        await().until(() -> house.count("state = 'sending'") == 5);
        var customer = house.at(FakeChannel.SERVICE, "hanmeimei");
        house.writes(node, customer);
        house.say(node, customer, "人工");
        await().until(() -> house.count("state = 'sending'") == 6);

        first.tryEmitValue(new Accepted("platform-1"));

        await().until(() -> channel.said.size() == 5);
        assertThat(channel.said.getFirst()).isEqualTo("人工");
    }

    @Test
    void goesOnAfterAMessageThatBreaksIt() {
        var faults = new AtomicInteger(2);
        var node = house.node();
        house.metrics
                .config()
                .meterFilter(
                        new MeterFilter() {
                            @Override
                            public Meter.Id map(Meter.Id id) {
                                if (id.getName().equals("guanjia.sends")
                                        && faults.getAndDecrement() > 0) {
                                    throw new IllegalStateException("a fault of ours");
                                }
                                return id;
                            }
                        });
        node.started();
        var first = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(node, first);
        house.say(node, first, "您好");
        await().until(() -> faults.get() == 0);

        var second = house.at(FakeChannel.SERVICE, "hanmeimei");
        house.writes(node, second);
        var message = house.say(node, second, "在吗");

        awaitState(message, DeliveryState.ACCEPTED);
    }

    @Test
    void doesNotCallForWhatAnotherNodeHasPutBackMeanwhile() {
        var slow = house.node();
        var customer = house.at(FakeChannel.SERVICE, "lilei");
        house.writes(slow, customer);
        var message = house.say(slow, customer, "您好");
        var way = new Way(FakeChannel.NAME, FakeChannel.SERVICE, "custom-send");
        var leased =
                House.now(slow.leases.lease(way, channel.account(FakeChannel.SERVICE), 5, false))
                        .getFirst();

        house.clock.advance(Duration.ofSeconds(61));
        var other = house.node();
        other.sweepOnce();
        other.started();

        awaitState(message, DeliveryState.ACCEPTED);
        assertThat(House.now(slow.leases.call(leased))).isFalse();
        assertThat(channel.said).containsExactly("您好");
    }

    private void awaitState(UUID message, DeliveryState state) {
        await().until(() -> house.state(message) == state);
    }

    private static String[] tags(String outcome) {
        return new String[] {
            "channel", "fake", "account", "service", "api", "custom-send", "outcome", outcome
        };
    }
}
