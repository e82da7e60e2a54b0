package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.guanjia.cmpp.protocol.Authenticator;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.Version;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Receipt.Outcome;
import io.guanjia.sandbox.cmpp.LineAct;
import io.guanjia.sandbox.cmpp.Submitted;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Flux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

class SubmitTest {

    private static final String PHONE = "13900001111";
    private static final String LONG = "您好，您尾号8888的信用卡三月账单已出，应还1024.00元。".repeat(6);
    private static final Map<String, String> IMPATIENT = Map.of("response-timeout", "500ms");

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "3.0"})
    void reachesAPhoneInBothVersions(String version) throws InterruptedException {
        try (var bank = Bank.open(Bank.speaking(version), Map.of("version", version))) {
            var accepted = bank.send(PHONE, "您好，已为您查到。");
            bank.send(PHONE, LONG);

            var phone = bank.carrier.phone(PHONE);
            assertThat(phone.awaitReads(2, Bank.PATIENCE)).isTrue();
            assertThat(phone.reads()).containsExactly("您好，已为您查到。", LONG);
            assertThat(accepted.platformId()).matches("[0-9a-f]{16}");
            bank.intake.await(all -> all.receipts().size() == 2);
            assertThat(bank.intake.receipts().getFirst())
                    .extracting(Receipt::platformId, Receipt::outcome, Receipt::from)
                    .containsExactly(
                            accepted.platformId(), Outcome.DELIVERED, Bank.customer(PHONE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8, 8, 您的验证码是1234, 8",
        "15, 8, 您的验证码是1234, 15",
        "8, 16, Your code is 1234, 0",
        "15, 16, 验证码😀, 8",
    })
    void writesWordsAsTheLineWantsThem(String fmt, String bits, String words, int writtenAs)
            throws InterruptedException {
        try (var bank = Bank.open(Map.of("msg-fmt", fmt, "reference-bits", bits))) {
            bank.send(PHONE, words);
            var whole = words.repeat(20);
            bank.send(PHONE, whole);

            assertThat(bank.carrier.submits().all())
                    .hasSizeGreaterThan(2)
                    .allMatch(one -> one.format() == writtenAs);
            assertThat(bank.carrier.phone(PHONE).awaitReads(2, Bank.PATIENCE)).isTrue();
            assertThat(bank.carrier.phone(PHONE).reads()).containsExactly(words, whole);
        }
    }

    @Test
    void beginsEveryMessageWithTheSignature() throws InterruptedException {
        try (var bank = Bank.open(Map.of("sign-name", "小管家银行"))) {
            bank.send(PHONE, "Your code is 1234");
            bank.send(PHONE, LONG);

            var phone = bank.carrier.phone(PHONE);
            assertThat(phone.awaitReads(2, Bank.PATIENCE)).isTrue();
            assertThat(phone.reads()).containsExactly("【小管家银行】Your code is 1234", "【小管家银行】" + LONG);
        }
    }

    @Test
    void makesOneReceiptOfTheReportsOnAllParts() {
        try (var bank = Bank.open(Map.of())) {
            var accepted = bank.send(PHONE, LONG);

            bank.intake.await(all -> !all.receipts().isEmpty());
            assertThat(bank.carrier.submits().all()).hasSize(3);
            assertThat(bank.intake.receipts())
                    .singleElement()
                    .extracting(Receipt::platformId, Receipt::outcome)
                    .containsExactly(accepted.platformId(), Outcome.DELIVERED);
        }
    }

    @Test
    void failsWhenOnePartDoes() {
        try (var bank = Bank.open(Map.of())) {
            bank.carrier.phone(PHONE).reports("MK:0001");
            var accepted = bank.send(PHONE, LONG);

            bank.intake.await(all -> !all.receipts().isEmpty());
            assertThat(bank.intake.receipts())
                    .allMatch(receipt -> receipt.platformId().equals(accepted.platformId()))
                    .allMatch(receipt -> receipt.outcome() == Outcome.FAILED)
                    .allMatch(receipt -> "MK:0001".equals(receipt.reason()));
        }
    }

    @Test
    void understandsReportsThatComeBeforeTheAnswer() {
        try (var bank = Bank.open(Map.of())) {
            bank.carrier
                    .faults()
                    .add(Fault.always("submit", new Effect.Delay(Duration.ofMillis(300))));
            CompletableFuture<@Nullable Accepted> one = bank.sending(PHONE, "您好").toFuture();
            bank.intake.await(all -> all.receipts().size() == 1);
            assertThat(one).isNotDone();
            assertThat(bank.intake.receipts().getFirst().platformId())
                    .isEqualTo(Objects.requireNonNull(one.join()).platformId());

            var many = bank.send(PHONE, LONG);
            bank.intake.await(all -> all.receipts().size() == 2);
            assertThat(bank.intake.receipts().getLast())
                    .extracting(Receipt::platformId, Receipt::outcome)
                    .containsExactly(many.platformId(), Outcome.DELIVERED);
        }
    }

    @Test
    void keepsToTheWindow() {
        try (var bank = Bank.open(Map.of("connections", "2"))) {
            bank.awaitUp();
            bank.carrier
                    .faults()
                    .add(Fault.always("submit", new Effect.Delay(Duration.ofMillis(20))));

            var sent =
                    Flux.range(0, 200)
                            .flatMap(i -> bank.sending("139%08d".formatted(i), "您好"), 200)
                            .collectList()
                            .block(Bank.PATIENCE);

            assertThat(sent).hasSize(200).doesNotHaveDuplicates();
            assertThat(bank.carrier.mostOpen()).isEqualTo(16);
        }
    }

    @ParameterizedTest
    @CsvSource({"35, 1", "36, 2"})
    void slowsDownWhenToldTo(int length, int parts) {
        var words = "您好".repeat(length);
        try (var bank = Bank.open(Map.of())) {
            bank.carrier.faults().add(Fault.next(parts, "submit", new Effect.ErrorCode(8)));

            var throttled = catchThrowableOfType(Throttled.class, () -> bank.send(PHONE, words));

            assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(1));
            assertThat(bank.carrier.submits().all()).hasSize(parts);
            assertThat(bank.send(PHONE, words)).isNotNull();
        }
    }

    @Test
    void bringsTheRestOfAMessageHomeWhenOnePartIsHeldUp() throws InterruptedException {
        try (var bank = Bank.open(Map.of())) {
            bank.carrier.faults().add(Fault.next(1, "submit", new Effect.ErrorCode(8)));

            bank.send(PHONE, LONG);

            assertThat(bank.carrier.submits().all()).hasSize(4);
            assertThat(bank.carrier.phone(PHONE).awaitReads(1, Bank.PATIENCE)).isTrue();
            assertThat(bank.carrier.phone(PHONE).reads()).containsExactly(LONG);
        }
    }

    @Test
    void leavesItToAPersonWhenAPhoneHasAPieceOfAMessage() {
        try (var bank = Bank.open(Map.of())) {
            bank.carrier.faults().add(Fault.next(1, "submit", new Effect.ErrorCode(6)));

            assertThatThrownBy(() -> bank.send(PHONE, LONG))
                    .isInstanceOf(OutcomeUnknown.class)
                    .hasMessage("only some parts were taken: part 1 of 3: 6 超过最大信息长");
        }
    }

    /** As gateways built on SMSGate do. */
    @Test
    void getsOnWithAGatewayThatAnswersNoPartBeforeItHasThemAll() {
        var held = new ArrayList<Pdu.Submit>();
        try (var gateway =
                        new StrangePeer(
                                (context, pdu) -> {
                                    if (pdu instanceof Pdu.Connect connect) {
                                        context.writeAndFlush(
                                                new Pdu.ConnectAnswer(
                                                        connect.sequence(),
                                                        0,
                                                        Authenticator.ofGateway(
                                                                0,
                                                                connect.authenticator(),
                                                                Accounts.SECRET,
                                                                Version.V3_0),
                                                        0x30));
                                    } else if (pdu instanceof Pdu.Submit submit) {
                                        held.add(submit);
                                        if (held.size() == submit.total()) {
                                            held.forEach(
                                                    one ->
                                                            context.writeAndFlush(
                                                                    new Pdu.SubmitAnswer(
                                                                            one.sequence(),
                                                                            one.number(),
                                                                            0)));
                                        }
                                    }
                                });
                var channel = Bank.channelTo(gateway.address())) {
            channel.start();

            assertThat(Bank.sending(channel, PHONE, LONG).block(Bank.PATIENCE))
                    .isEqualTo(new Accepted("0000000000000003"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesNotKnowWhatBecameOfAMessageWithoutAnAnswer(boolean accepted) {
        try (var bank = Bank.open(IMPATIENT)) {
            bank.carrier.faults().add(Fault.next(1, "submit", new Effect.Hang(accepted)));

            assertThatThrownBy(() -> bank.send(PHONE, "您好")).isInstanceOf(OutcomeUnknown.class);
        }
    }

    @Test
    void doesNotKnowWhatBecameOfAMessageWhenTheLineBreaks() {
        try (var bank = Bank.open(Map.of())) {
            bank.carrier.faults().add(Fault.next(1, "submit", new Effect.Close(true)));

            assertThatThrownBy(() -> bank.send(PHONE, "您好")).isInstanceOf(OutcomeUnknown.class);
            Bank.await(() -> goesOut(bank, "在吗"));
        }
    }

    /** What is broken is noticed soon, but not at once. */
    private static boolean goesOut(Bank bank, String words) {
        try {
            return bank.send(PHONE, words) != null;
        } catch (Unavailable notYet) {
            return false;
        }
    }

    @Test
    void knowsThatNothingLeftWhileTheLineIsDown() {
        try (var bank = Bank.open(Map.of())) {
            bank.awaitUp();
            bank.carrier.faults().add(Fault.always("connect", new Effect.Close(false)));
            bank.carrier.act(LineAct.DISCONNECT).join();
            Bank.await(() -> HealthSign.ill("line", "down").equals(bank.health()));

            assertThatThrownBy(() -> bank.send(PHONE, "您好")).isInstanceOf(Unavailable.class);
            assertThat(bank.carrier.submits().all()).isEmpty();

            bank.carrier.faults().clear();
            bank.awaitUp();
            assertThat(bank.send(PHONE, "您好")).isNotNull();
        }
    }

    @Test
    void saysWhatIsWrongWithTheLoginAndAsksRarely() {
        try (var bank = Bank.open(Map.of("secret", "wrong-secret", "connections", "8"))) {
            Bank.await(() -> HealthSign.ill("line", "refused").equals(bank.health()));
            var refused = catchThrowableOfType(Unavailable.class, () -> bank.send(PHONE, "您好"));

            assertThat(refused.reason()).isEqualTo("login refused: status 3 认证错");
            assertThat(bank.channel.isCutOff("main")).isTrue();
            assertThat(bank.lines()).isZero();
        }
    }

    @Test
    void refusesVersion3WhereTheCarrierSpeaks2() {
        try (var bank = Bank.open(Bank.speaking("2.0"), Map.of("version", "3.0"))) {
            assertThatThrownBy(() -> bank.send(PHONE, "您好"))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("版本太高");
        }
    }

    @Test
    void saysGoodbyeWhenItStops() {
        var bank = Bank.open(Map.of("connections", "3"));
        bank.awaitLines(3);
        bank.carrier.faults().add(Fault.always("submit", new Effect.Delay(Duration.ofMillis(200))));
        CompletableFuture<@Nullable Accepted> late = bank.sending(PHONE, "您好").toFuture();
        Bank.await(() -> bank.carrier.mostOpen() == 1);

        bank.channel.stop(() -> {});

        assertThat(late.join()).isNotNull();
        bank.awaitLinesGone();
        assertThatThrownBy(() -> bank.send(PHONE, "您好"))
                .isInstanceOf(DeliveryException.Unavailable.class);
        bank.close();
    }

    @Test
    void changesItsAccountsWhileItWorks() {
        try (var bank = Bank.open(Map.of())) {
            bank.awaitLines(1);
            var same = bank.channel.fromSettings().getFirst();
            var more =
                    Accounts.main(
                            Map.of(
                                    "api-base", bank.platform.address().toString(),
                                    "secret", bank.carrier.settings().secret(),
                                    "connections", "3"));

            bank.channel.replaceAccounts(List.of(same));
            assertThat(bank.send(PHONE, "您好")).isNotNull();
            bank.channel.replaceAccounts(List.of(more));
            bank.awaitLines(3);
            assertThat(bank.send(PHONE, "您好")).isNotNull();
            bank.channel.replaceAccounts(List.of());
            bank.awaitLinesGone();
            assertThatThrownBy(() -> bank.send(PHONE, "您好")).isInstanceOf(Blocked.class);
        }
    }

    @Test
    void countsPartsInOrder() {
        try (var bank = Bank.open(Map.of())) {
            bank.send(PHONE, LONG);

            assertThat(bank.carrier.submits().all())
                    .extracting(Submitted::part, Submitted::parts)
                    .containsExactly(tuple(1, 3), tuple(2, 3), tuple(3, 3));
        }
    }
}
