package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.cmpp.protocol.MsgFmt;
import io.guanjia.cmpp.protocol.MsgId;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.Segments;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.sandbox.cmpp.LineAct;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

class ReceiveTest {

    private static final String PHONE = "13900001111";
    private static final String LONG = "我想问一下，上个月的账单为什么多了一笔年费？请尽快回复，谢谢！".repeat(5);

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "3.0"})
    void hearsAPhoneInBothVersions(String version) {
        try (var bank = Bank.open(Bank.speaking(version), Map.of("version", version))) {
            var phone = bank.carrier.phone(PHONE);

            assertThat(phone.says("查询余额").join()).isEqualTo("acknowledged");
            assertThat(phone.says(LONG).join()).isEqualTo("acknowledged");

            var first = bank.intake.messages().getFirst();
            assertThat(first.from()).isEqualTo(Bank.customer(PHONE));
            assertThat(first.trigger()).isEqualTo(Trigger.MESSAGE);
            assertThat(first.raw()).startsWith("CMPP " + version);
            assertThat(words(bank)).containsExactly("查询余额", LONG);
        }
    }

    @Test
    void readsGbkAsciiAndSixteenBitReferences() {
        try (var bank = Bank.open(Map.of())) {
            var phone = bank.carrier.phone(PHONE);
            phone.does("gbk", Map.of("text", "查询余额")).toCompletableFuture().join();
            phone.does("gbk", Map.of("text", LONG)).toCompletableFuture().join();
            phone.says("TD").join();
            phone.says("balance ".repeat(30)).join();

            assertThat(words(bank)).containsExactly("查询余额", LONG, "TD", "balance ".repeat(30));
        }
    }

    @Test
    void keepsZerosAwayFromTheDatabase() {
        try (var bank = Bank.open(Map.of())) {
            deliver(bank, UserData.plain(MsgFmt.ASCII, new byte[] {'T', 0, 'D', 0, 0}), 1).join();
            deliver(bank, UserData.plain(MsgFmt.ASCII, new byte[3]), 2).join();

            assertThat(bank.intake.messages().getFirst().content())
                    .isEqualTo(new Content.Text("T\ufffdD"));
            assertThat(bank.intake.messages().getLast().content())
                    .isInstanceOf(Content.Unreadable.class);
        }
    }

    @Test
    void keepsWhatIsNoText() {
        try (var bank = Bank.open(Map.of())) {
            bank.carrier.phone(PHONE).does("binary", Map.of()).toCompletableFuture().join();

            assertThat(bank.intake.messages().getFirst().content())
                    .isInstanceOf(Content.Unreadable.class);
        }
    }

    /** Two messages with one reference and other totals, as SMSGate's author has seen. */
    @Test
    void putsPartsTogetherInWhateverOrderTheyCome() {
        try (var bank = Bank.open(Map.of())) {
            var three = new Segments(MsgFmt.UCS2, false).of("一".repeat(150), 54);
            var two = new Segments(MsgFmt.UCS2, false).of("二".repeat(100), 54);
            var all =
                    List.of(
                            deliver(bank, three.get(2), 3),
                            deliver(bank, two.get(1), 5),
                            deliver(bank, three.get(0), 1),
                            deliver(bank, two.get(0), 4),
                            deliver(bank, three.get(1), 2));
            all.forEach(CompletableFuture::join);

            assertThat(words(bank)).containsExactlyInAnyOrder("一".repeat(150), "二".repeat(100));
        }
    }

    @Test
    void passesOnWhatItHasOfAMessageThatNeverBecomesWhole() {
        try (var bank = Bank.open(Map.of("response-timeout", "1s", "assemble-within", "1500ms"))) {
            var parts = new Segments(MsgFmt.UCS2, false).of("一".repeat(150), 1);
            var first = deliver(bank, parts.get(0), 1);
            var last = deliver(bank, parts.get(2), 3);

            assertThat(first.join()).isEqualTo("acknowledged");
            assertThat(last.join()).isEqualTo("acknowledged");
            bank.intake.await(all -> !all.messages().isEmpty());
            assertThat(words(bank)).containsExactly("一".repeat(67) + "[…]" + "一".repeat(16));
        }
    }

    @Test
    void acknowledgesNothingThatIsNotDurable() {
        try (var bank = Bank.open(Map.of())) {
            bank.intake.close();
            var one = bank.carrier.phone(PHONE).says("查询余额");
            var parts = bank.carrier.phone("13900002222").says(LONG);
            bank.intake.await(all -> all.refused() > 1);
            assertThat(one).isNotDone();
            assertThat(parts).isNotDone();

            bank.intake.open();

            assertThat(one.join()).isEqualTo("acknowledged");
            assertThat(parts.join()).isEqualTo("acknowledged");
            assertThat(words(bank)).containsExactlyInAnyOrder("查询余额", LONG);
        }
    }

    @Test
    void losesNothingWhenTheLineBreaksBeforeTheAnswer() {
        try (var bank = Bank.open(Map.of("connections", "2"))) {
            bank.awaitLines(2);
            bank.intake.close();
            var said =
                    IntStream.range(0, 60)
                            .mapToObj(
                                    i ->
                                            bank.carrier
                                                    .phone("139%08d".formatted(i % 20))
                                                    .says("第" + i + "句"))
                            .toList();
            bank.intake.await(all -> all.refused() > 0);
            bank.carrier.act(LineAct.DISCONNECT).join();
            bank.intake.open();

            said.forEach(one -> assertThat(one.join()).isEqualTo("acknowledged"));
            assertThat(words(bank)).hasSize(60).doesNotHaveDuplicates();
        }
    }

    @Test
    void keepsAPartysWordsInOrder() {
        try (var bank = Bank.open(Map.of())) {
            var said = new ArrayList<CompletableFuture<String>>();
            for (int i = 0; i < 500; i++) {
                said.add(bank.carrier.phone(PHONE).says("第" + i + "句"));
            }
            said.forEach(CompletableFuture::join);

            assertThat(words(bank))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 500).mapToObj(i -> "第" + i + "句").toList());
        }
    }

    @Test
    void recognisesWhatComesTwice() {
        try (var bank = Bank.open(Map.of())) {
            bank.carrier
                    .faults()
                    .add(Fault.always(Fault.CALLBACKS, new Effect.Duplicate(2, List.of())));
            bank.carrier.phone(PHONE).says("查询余额").join();
            bank.carrier.phone(PHONE).says(LONG).join();
            bank.send(PHONE, "您好");
            bank.intake.await(all -> all.arrivals() >= 6 && !all.receipts().isEmpty());

            assertThat(words(bank)).containsExactly("查询余额", LONG);
            assertThat(bank.intake.receipts()).hasSize(1);
        }
    }

    @Test
    void goesByTheCarriersTimeInWhateverOrderThingsCome() {
        try (var bank = Bank.open(Map.of())) {
            bank.carrier
                    .faults()
                    .add(
                            Fault.always(
                                    Fault.CALLBACKS,
                                    new Effect.Reorder(10, Duration.ofSeconds(2))));
            var now = Instant.now();
            var said =
                    IntStream.range(0, 10)
                            .mapToObj(
                                    i ->
                                            deliver(
                                                    bank,
                                                    UserData.plain(
                                                            MsgFmt.ASCII,
                                                            new byte[] {(byte) ('0' + i)}),
                                                    i,
                                                    now.plusSeconds(i)))
                            .toList();
            said.forEach(CompletableFuture::join);

            assertThat(
                            bank.intake.messages().stream()
                                    .sorted(Comparator.comparing(InboundMessage::sentAt))
                                    .map(one -> ((Content.Text) one.content()).body()))
                    .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        }
    }

    private static CompletableFuture<String> deliver(Bank bank, UserData data, int number) {
        return deliver(bank, data, number, Instant.now());
    }

    private static CompletableFuture<String> deliver(
            Bank bank, UserData data, int number, Instant at) {
        return bank.carrier.deliver(
                new Pdu.Deliver(
                        0,
                        MsgId.of(at, 777, number),
                        "1069012345",
                        "BANK01",
                        data,
                        "86" + PHONE,
                        0,
                        0,
                        ""));
    }

    private static List<String> words(Bank bank) {
        return bank.intake.messages().stream()
                .map(message -> ((Content.Text) message.content()).body())
                .toList();
    }
}
