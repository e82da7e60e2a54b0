package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Receipt.Outcome;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

class ReceiptsTest {

    private final House house = new House();
    private final House.Node node = house.node();
    private final Address customer = house.at(FakeChannel.SERVICE, "lilei");
    private final Sinks.One<Accepted> answer = Sinks.one();
    private UUID message = new UUID(0, 0);

    @BeforeEach
    void sendOne() {
        house.channel.platform = sent -> answer.asMono();
        house.writes(node, customer);
        node.started();
        message = house.say(node, customer, "您好");
        await().until(() -> house.channel.calls.get() == 1);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void followsAMessageToTheCustomerAndNeverBack() {
        accept();
        apply(Outcome.DELIVERED, null);
        assertThat(house.state(message)).isEqualTo(DeliveryState.DELIVERED);
        apply(Outcome.READ, null);
        assertThat(house.state(message)).isEqualTo(DeliveryState.READ);
        var revision = house.revision(customer);

        apply(Outcome.DELIVERED, null);
        apply(Outcome.FAILED, "user block");
        apply(Outcome.READ, null);

        assertThat(house.status(message)).isEqualTo(new DeliveryStatus(DeliveryState.READ, null));
        assertThat(house.revision(customer)).isEqualTo(revision);
    }

    @Test
    void saysWhyAMessageFailed() {
        accept();
        apply(Outcome.FAILED, "failed:user block");

        assertThat(house.status(message))
                .isEqualTo(new DeliveryStatus(DeliveryState.REFUSED, "failed:user block"));
        assertThat(house.rings).contains(house.conversation(customer));
    }

    @Test
    void aReceiptThatOvertakesTheAcceptanceIsNotLost() {
        apply(Outcome.DELIVERED, null);
        assertThat(house.state(message)).isEqualTo(DeliveryState.SENDING);

        answer.tryEmitValue(new Accepted("job-1"));

        await().until(() -> house.state(message) == DeliveryState.DELIVERED);
    }

    @Test
    void aReceiptAppliedInATransactionOfTheCallersIsFoundByTheSweep() {
        House.run(
                node.receipts
                        .apply(List.of(receipt(Outcome.READ, null)))
                        .then(
                                Mono.fromRunnable(this::accept)
                                        .subscribeOn(Schedulers.boundedElastic()))
                        .as(house.database.transaction::transactional));

        node.sweepOnce();

        assertThat(house.state(message)).isEqualTo(DeliveryState.READ);
    }

    @Test
    void aReportThatNamesOurIdSettlesAMessageOfWhichNobodyKnew() {
        loseTheAnswer();

        House.run(node.receipts.apply(List.of(naming(customer, deliveryId()))));

        assertThat(house.status(message))
                .isEqualTo(new DeliveryStatus(DeliveryState.DELIVERED, null));
        assertThat(house.count("platform_id = 'job-1'")).isEqualTo(1);
    }

    @Test
    void aReportThatComesBeforeTheAnswerIsLostSettlesTheMessageAfterwards() {
        House.run(node.receipts.apply(List.of(naming(customer, deliveryId()))));
        assertThat(house.state(message)).isEqualTo(DeliveryState.SENDING);
        node.sweepOnce();
        assertThat(house.state(message)).isEqualTo(DeliveryState.SENDING);

        loseTheAnswer();
        node.sweepOnce();

        assertThat(house.state(message)).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void aReportThatNamesNoIdOfOursSettlesNothing() {
        loseTheAnswer();
        var ours = deliveryId();

        House.run(
                node.receipts.apply(
                        List.of(
                                naming(customer, UUID.randomUUID().toString()),
                                naming(house.at(FakeChannel.PACED, "lilei"), ours))));
        House.run(node.receipts.apply(List.of(naming(customer, "no id at all"))));
        node.sweepOnce();

        assertThat(house.state(message)).isEqualTo(DeliveryState.UNKNOWN);
        assertThat(house.count("platform_id is null")).isEqualTo(1);
    }

    @Test
    void aReportThatNamesOurIdChangesNoMessageThatHasAnotherOfThePlatform() {
        answer.tryEmitValue(new Accepted("job-2"));
        await().until(() -> house.state(message) == DeliveryState.ACCEPTED);

        House.run(node.receipts.apply(List.of(naming(customer, deliveryId()))));

        assertThat(house.state(message)).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(house.count("platform_id = 'job-2'")).isEqualTo(1);
    }

    @Test
    void forgetsReceiptsThatNobodyAskedFor() {
        apply(Outcome.DELIVERED, null);
        house.clock.advance(Duration.ofDays(4));
        node.sweepOnce();

        assertThat(
                        House.now(
                                house.database
                                        .client
                                        .sql("select count(*) from parked_receipt")
                                        .mapValue(Long.class)
                                        .one()))
                .isZero();
    }

    private void loseTheAnswer() {
        answer.tryEmitError(new OutcomeUnknown("no answer in time"));
        await().until(() -> house.state(message) == DeliveryState.UNKNOWN);
    }

    private String deliveryId() {
        return House.now(
                        house.database
                                .client
                                .sql("select id from delivery where message_id = $1")
                                .bind(0, message)
                                .mapValue(UUID.class)
                                .one())
                .toString();
    }

    private Receipt naming(Address about, String deliveryId) {
        return new Receipt(
                about,
                "receipt",
                "job-1",
                deliveryId,
                Outcome.DELIVERED,
                null,
                house.clock.instant(),
                "{}");
    }

    private void accept() {
        answer.tryEmitValue(new Accepted("job-1"));
        await().until(() -> house.state(message) == DeliveryState.ACCEPTED);
    }

    private void apply(Outcome outcome, @Nullable String reason) {
        House.run(node.receipts.apply(List.of(receipt(outcome, reason))));
    }

    private Receipt receipt(Outcome outcome, @Nullable String reason) {
        return new Receipt(
                customer, "receipt", "job-1", outcome, reason, house.clock.instant(), "<xml/>");
    }
}
