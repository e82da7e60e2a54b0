package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.reactive.TransactionCallback;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.IntStream;

class PassiveRepliesTest {

    private static final Predicate<Content> WORDS = Content.Text.class::isInstance;

    private final House house = new House();
    private final FakeChannel channel = house.channel;
    private final House.Node node = house.node();
    private final House.Node other = house.node();
    private final Address customer = house.at(FakeChannel.SERVICE, "lilei");
    private final Address quiet = house.at(FakeChannel.ANSWERS_ONLY, "lilei");

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void answersInTheResponseAndCostsNothing() {
        house.writes(node, customer);
        node.started();
        var message = house.answer(node, customer, "您好", "msg-1");

        var reply = claim(node, customer, "msg-1").orElseThrow();
        assertThat(reply.content()).isEqualTo(new Content.Text("您好"));
        assertThat(house.state(message)).isEqualTo(DeliveryState.SENDING);
        House.run(node.passive.confirm(reply.deliveries()));

        assertThat(house.state(message)).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(house.rings).contains(house.conversation(customer));
        assertThat(house.window(node, customer).remaining()).isEqualTo(5);
        house.clock.advance(Duration.ofMinutes(1));
        await().during(Duration.ofMillis(200)).until(() -> channel.calls.get() == 0);
    }

    @Test
    void thatItWasSaidIsWrittenDownOnceTheDatabaseCanBeAsked() {
        house.writes(node, customer);
        var message = house.answer(node, customer, "您好", "msg-1");
        var reply = claim(node, customer, "msg-1").orElseThrow();

        sql("alter table delivery rename to delivery_away");
        try {
            var patience = Duration.ofMillis(300);
            assertThatThrownBy(
                            () ->
                                    node.passive
                                            .confirm(reply.deliveries())
                                            .timeout(patience)
                                            .block())
                    .hasRootCauseInstanceOf(TimeoutException.class);
        } finally {
            sql("alter table delivery_away rename to delivery");
        }

        await().until(() -> house.state(message) == DeliveryState.ACCEPTED);
    }

    @Test
    void whatIsBetterPushedIsAnsweredInTheResponseWhileNothingCanBePushed() {
        house.writes(node, customer);
        house.answer(node, customer, "点一下就行", "msg-1");
        assertThat(node.passive.claim(betterPushed("msg-1")).blockOptional()).isEmpty();

        var way = new Way(FakeChannel.NAME, FakeChannel.SERVICE, "custom-send");
        House.run(node.circuits.blocked(way, "45009", null));
        house.answer(node, customer, "回复数字", "msg-2");

        assertThat(House.now(node.passive.claim(betterPushed("msg-2"))).content())
                .isEqualTo(new Content.Text("回复数字"));
    }

    private OpenCallback betterPushed(String answers) {
        return new OpenCallback(
                UUID.randomUUID(),
                customer,
                answers,
                house.clock.instant(),
                content -> false,
                WORDS,
                2048);
    }

    @Test
    void aRetriedCallbackGetsTheSameAnswerOnAnyNodeAndNobodyElseDoes() {
        house.writes(node, customer);
        node.started();
        house.answer(node, customer, "您好", "msg-1");
        var first = claim(node, customer, "msg-1").orElseThrow();

        assertThat(claim(other, customer, "msg-2")).isEmpty();
        house.clock.advance(Duration.ofSeconds(5));
        assertThat(claim(other, customer, "msg-1")).contains(first);
        House.run(other.passive.confirm(first.deliveries()));
        house.clock.advance(Duration.ofSeconds(5));
        assertThat(claim(node, customer, "msg-1")).contains(first);
        assertThat(claim(other, customer, "msg-1")).isEmpty();

        // Long after the last try it is a replay, and the customer has read it.
        house.clock.advance(Duration.ofHours(1));
        assertThat(claim(node, customer, "msg-1")).isEmpty();
        node.sweepOnce();
        await().during(Duration.ofMillis(100)).until(() -> channel.calls.get() == 0);
    }

    @Test
    void aCopyOfACallbackGetsNothingHoweverTheFirstOneEnded() {
        house.writes(node, quiet);
        house.answer(node, quiet, "您好", "msg-1");
        var first = claim(node, quiet, "msg-1").orElseThrow();

        assertThat(claim(other, quiet, "msg-1")).isEmpty();
        House.run(node.passive.confirm(first.deliveries()));
        house.clock.advance(Duration.ofMillis(700));
        assertThat(claim(node, quiet, "msg-1")).isEmpty();
        assertThat(other.passive.claimHeld(callback(quiet, "msg-1", 2048)).blockOptional())
                .isEmpty();

        house.clock.advance(Duration.ofSeconds(5));
        assertThat(claim(other, quiet, "msg-1")).contains(first);
    }

    @Test
    void aPlatformThatIsBackSoonBecauseTheConnectionBrokeGetsTheAnswerAgain() {
        house.writes(node, customer);
        house.answer(node, customer, "您好", "msg-1");
        var first = claim(node, customer, "msg-1").orElseThrow();
        House.run(node.passive.confirm(first.deliveries()));

        house.clock.advance(Duration.ofSeconds(1));

        assertThat(claim(other, customer, "msg-1")).contains(first);
    }

    @Test
    void theNextTryGetsTheAnswerHoweverLateTheOneBeforeClaimedIt() {
        house.writes(node, quiet);
        house.answer(node, quiet, "您好", "msg-1");
        var early = callback(quiet, "msg-1", 2048);
        house.clock.advance(Duration.ofMillis(4_500));
        var first = House.now(node.passive.claim(early));

        house.clock.advance(Duration.ofMillis(600));

        assertThat(claim(other, quiet, "msg-1")).contains(first);
    }

    @Test
    void whatWasClaimedAndNotWrittenGoesOutUnlessAnEarlierTryMayHaveSaidIt() {
        house.writes(node, customer);
        var message = house.answer(node, customer, "您好", "msg-1");
        var first = callback(customer, "msg-1", 2048);
        House.run(node.passive.claim(first));
        House.run(node.passive.release(first));
        assertThat(house.state(message)).isEqualTo(DeliveryState.QUEUED);

        House.run(node.passive.claim(first));
        house.clock.advance(Duration.ofSeconds(5));
        var second = callback(customer, "msg-1", 2048);
        House.run(other.passive.claim(second));
        House.run(other.passive.release(second));
        House.run(node.passive.release(first));
        assertThat(house.state(message)).isEqualTo(DeliveryState.SENDING);
    }

    @Test
    void aClaimThatNobodyHeardOfIsTakenBackAndTheAnswerGoesByItself() {
        house.writes(node, customer);
        var message = house.answer(node, customer, "您好", "msg-1");
        var unheard =
                new OutboundConfiguration()
                        .passiveReplies(
                                house.database.client,
                                new LosesItsAnswer(house.database.transaction),
                                node.channels,
                                node.changes,
                                node.stored,
                                node.pulse,
                                node.settings,
                                house.clock);

        assertThatThrownBy(() -> House.run(unheard.claim(callback(customer, "msg-1", 2048))))
                .hasMessage("the connection is gone");

        node.started();
        house.clock.advance(Duration.ofSeconds(5));
        await().until(() -> house.state(message) == DeliveryState.ACCEPTED);
        assertThat(channel.said).containsExactly("您好");
    }

    @Test
    void copiesOnTwoNodesGetOneAnswer() {
        house.writes(node, customer);
        house.answer(node, customer, "一", "msg-1");
        house.answer(node, customer, "二", "msg-1");

        var replies =
                House.now(
                        Flux.range(0, 20)
                                .flatMap(
                                        i ->
                                                (i % 2 == 0 ? node : other)
                                                        .passive.claim(
                                                                callback(customer, "msg-1", 2048)),
                                        20)
                                .collectList());

        assertThat(replies).extracting(PassiveReply::content).containsExactly(text("一"));
    }

    @Test
    void whatMissesItsChanceGoesByItself() {
        house.writes(node, customer);
        node.started();
        var message = house.answer(node, customer, "您好", "msg-1");
        await().during(Duration.ofMillis(150)).until(() -> channel.calls.get() == 0);

        house.clock.advance(Duration.ofSeconds(5));

        await().until(() -> house.state(message) == DeliveryState.ACCEPTED);
        assertThat(claim(node, customer, "msg-1")).isEmpty();
        assertThat(channel.said).containsExactly("您好");
    }

    @Test
    void whatCannotBeSaidThisWayGoesAtOnce() {
        house.writes(node, customer);
        node.started();
        var picture = new Content.Image(Media.onPlatform("media-1", null));
        house.say(
                node,
                customer,
                picture,
                Lane.BOT,
                new PassiveChance("msg-1", house.clock.instant().plusSeconds(4)));

        assertThat(claim(node, customer, "msg-1")).isEmpty();

        await().until(() -> channel.said.equals(List.of("Image")));
    }

    @Test
    void theSecondOfTwoAnswersFollowsTheFirst() {
        house.writes(node, customer);
        node.started();
        house.answer(node, customer, "一", "msg-1");
        house.answer(node, customer, "二", "msg-1");

        var reply = claim(node, customer, "msg-1").orElseThrow();
        assertThat(reply.content()).isEqualTo(new Content.Text("一"));
        await().during(Duration.ofMillis(100)).until(() -> channel.calls.get() == 0);
        House.run(node.passive.confirm(reply.deliveries()));

        await().until(() -> channel.said.equals(List.of("二")));
    }

    @Test
    void anAnswerDoesNotOvertakeWhatIsAboutToGoOut() {
        house.writes(node, customer);
        house.say(node, customer, "先说的");
        house.answer(node, customer, "后说的", "msg-1");

        assertThat(claim(node, customer, "msg-1")).isEmpty();
        node.started();

        await().until(() -> channel.said.equals(List.of("先说的", "后说的")));
    }

    @Test
    void aReplyThatNobodyConfirmsMayHaveArrived() {
        house.writes(node, customer);
        var message = house.answer(node, customer, "您好", "msg-1");
        var reply = claim(node, customer, "msg-1").orElseThrow();

        house.clock.advance(Duration.ofSeconds(21));
        node.sweepOnce();
        assertThat(house.status(message))
                .isEqualTo(new DeliveryStatus(DeliveryState.UNKNOWN, Reasons.UNCONFIRMED));

        House.run(node.passive.confirm(reply.deliveries()));
        assertThat(house.state(message)).isEqualTo(DeliveryState.ACCEPTED);
    }

    @Test
    void anAccountThatMayOnlyAnswerSaysAllThatWaitedInOrder() {
        node.started();
        var first = house.say(node, quiet, "人工回复一");
        house.say(node, quiet, "人工回复二");
        assertThat(house.status(first))
                .isEqualTo(new DeliveryStatus(DeliveryState.HELD, Reasons.NO_PUSH));
        assertThat(house.window(node, quiet)).isEqualTo(Window.SHUT);
        house.writes(node, quiet);
        house.answer(node, quiet, "机器人回答", "msg-1");

        var reply = claim(node, quiet, "msg-1").orElseThrow();

        assertThat(reply.content()).isEqualTo(new Content.Text("人工回复一\n\n人工回复二\n\n机器人回答"));
        house.clock.advance(Duration.ofSeconds(5));
        assertThat(claim(other, quiet, "msg-1")).contains(reply);
        House.run(node.passive.confirm(reply.deliveries()));
        assertThat(house.count("state = 'accepted'")).isEqualTo(3);
        assertThat(channel.calls).hasValue(0);
    }

    @Test
    void asMuchAsFitsGoesAndTheRestStaysHeld() {
        var held =
                IntStream.range(0, 4)
                        .mapToObj(i -> house.say(node, quiet, "等待中的第" + i + "条"))
                        .toList();
        house.answer(node, quiet, "回答", "msg-1");
        var room = "等待中的第0条\n\n等待中的第1条\n\n回答".getBytes(StandardCharsets.UTF_8).length;

        var reply =
                Objects.requireNonNull(
                        node.passive.claim(callback(quiet, "msg-1", room + 3)).block());

        assertThat(reply.content()).isEqualTo(new Content.Text("等待中的第0条\n\n等待中的第1条\n\n回答"));
        assertThat(house.state(held.get(2))).isEqualTo(DeliveryState.HELD);
        assertThat(house.state(held.get(3))).isEqualTo(DeliveryState.HELD);
    }

    @Test
    void whatWasHeldGoesWithoutAnAnswerOnlyWhenAskedFor() {
        house.say(node, quiet, "人工回复");

        assertThat(claim(node, quiet, "msg-1")).isEmpty();
        var reply = node.passive.claimHeld(callback(quiet, "msg-1", 2048)).block();

        assertThat(Objects.requireNonNull(reply).content()).isEqualTo(new Content.Text("人工回复"));
        house.clock.advance(Duration.ofSeconds(5));
        assertThat(claim(other, quiet, "msg-1")).contains(reply);
    }

    private Optional<PassiveReply> claim(House.Node node, Address customer, String answers) {
        return node.passive.claim(callback(customer, answers, 2048)).blockOptional(House.PATIENCE);
    }

    /** One try, which comes now. */
    private OpenCallback callback(Address customer, String answers, int maxBytes) {
        return new OpenCallback(
                UUID.randomUUID(),
                customer,
                answers,
                house.clock.instant(),
                WORDS,
                WORDS,
                maxBytes);
    }

    /** Commits, and then the connection breaks. */
    private record LosesItsAnswer(TransactionalOperator real) implements TransactionalOperator {

        @Override
        public <T> Flux<T> execute(TransactionCallback<T> action) {
            return real.execute(action)
                    .thenMany(Flux.error(new IllegalStateException("the connection is gone")));
        }
    }

    private static Content text(String words) {
        return new Content.Text(words);
    }

    private void sql(String statement) {
        House.run(house.database.client.sql(statement).then());
    }
}
