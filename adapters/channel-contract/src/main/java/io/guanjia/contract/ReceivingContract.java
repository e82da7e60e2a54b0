package io.guanjia.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Capabilities.Report;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Receipt;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What comes in: the check of the address, authenticity, duplicates, order, kinds, receipts. */
abstract class ReceivingContract extends ChannelUnderTest {

    @Test
    void answersTheCheckOfItsAddressAndNoOther() {
        switch (handshake()) {
            case Handshake handshake -> {
                var answer = channel().handshake(handshake.check()).block(PATIENCE);

                assertThat(answer).isNotNull();
                assertThat(new String(answer.body(), UTF_8)).isEqualTo(handshake.answer());
                assertThat(refused(handshake.forged()).kind())
                        .isEqualTo(CallbackRejected.Kind.FORBIDDEN);
            }
            case NoHandshake _ ->
                    assertThat(
                                    refused(
                                            new Callback(
                                                    channel().name(),
                                                    account(),
                                                    Map.of("echostr", "5927782489442352469"),
                                                    "text/plain",
                                                    new byte[0],
                                                    SAID)))
                            .isNotNull();
        }
    }

    private CallbackRejected refused(Callback check) {
        return catchThrowableOfType(
                CallbackRejected.class, () -> channel().handshake(check).block(PATIENCE));
    }

    @Test
    void refusesWhatIsForged() {
        assertThat(forgeries()).isNotEmpty();
        for (var forgery : forgeries()) {
            var refusal = catchThrowable(forgery.attempt()::run);

            assertThat(refusal).as(forgery.what()).isExactlyInstanceOf(forgery.refusal());
            if (refusal instanceof CallbackRejected rejected) {
                assertThat(rejected.kind())
                        .as(forgery.what())
                        .isEqualTo(CallbackRejected.Kind.FORBIDDEN);
            }
            assertThat(refusal.toString()).doesNotContain(secrets());
        }
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThat(garbage()).isNotEmpty();
        for (var nonsense : garbage()) {
            assertThat(catchThrowable(nonsense.attempt()::run))
                    .as(nonsense.what())
                    .isExactlyInstanceOf(nonsense.refusal());
        }
    }

    @Test
    void readsWhatAPartySays() {
        var message = only(hears(new Said("我的信用卡账单什么时候出？", SAID, 1)));

        assertThat(message.from()).isEqualTo(address());
        assertThat(message.content()).isEqualTo(new Content.Text("我的信用卡账单什么时候出？"));
        assertThat(message.raw()).isNotBlank();
        assertThat(message.toString()).doesNotContain(party(), "账单");
    }

    @Test
    void tellsARepeatFromSomethingElse() {
        var first = only(hears(new Said("在吗", SAID, 1)));

        assertThat(only(hearsAgain(new Said("在吗", SAID, 1))).dedupeKey())
                .isEqualTo(first.dedupeKey());
        assertThat(only(hears(new Said("在吗？", SAID, 2))).dedupeKey())
                .isNotEqualTo(first.dedupeKey());
        assertThat(only(hears(new Said("在吗", SAID.plusSeconds(1), 3))).dedupeKey())
                .isNotEqualTo(first.dedupeKey());
    }

    @Test
    void keepsThePlatformsTimeOfWhatComesOutOfOrder() {
        var later = only(hears(new Said("第二句", SAID.plusSeconds(9), 2)));
        var earlier = only(hears(new Said("第一句", SAID, 1)));

        assertThat(earlier.sentAt()).isEqualTo(SAID.truncatedTo(tick()));
        assertThat(later.sentAt()).isEqualTo(SAID.plusSeconds(9).truncatedTo(tick()));
    }

    @Test
    void keepsWhatItDoesNotKnow() {
        var message = only(hearsUnknownType(new Said("？", SAID, 4)));

        assertThat(message.content())
                .isInstanceOfAny(Content.Unreadable.class, Event.Other.class, Content.Native.class);
        assertThat(message.raw()).isNotBlank();
    }

    @Test
    void receivesEveryKindItDeclares() {
        assertThat(capabilities().receives()).contains(Kind.TEXT);
        for (var kind : capabilities().receives()) {
            if (kind == Kind.TEXT) {
                continue;
            }
            var message = only(brings(kind));

            assertThat(kindOf(message.content())).as(kind.name()).isEqualTo(kind);
            assertThat(message.from().channel()).as(kind.name()).isEqualTo(channel().name());
            assertThat(message.raw()).as(kind.name()).isNotBlank();
        }
    }

    @Test
    void reportsWhatItDeclares() {
        assertThat(capabilities().reports()).contains(Report.SENT);
        platformTakes();
        var keys = new HashSet<String>();
        for (var report : capabilities().reports()) {
            if (report == Report.SENT) {
                continue;
            }
            var outcome = Receipt.Outcome.valueOf(report.name());
            var message = reportedOn();
            var taken = new ArrayList<String>();

            var brought = reports(outcome, () -> sent(message, taken));

            assertThat(taken).as("sent for %s", report).hasSize(1);
            assertThat(brought).as(report.name()).hasSize(1);
            assertThat(brought.getFirst())
                    .as(report.name())
                    .isInstanceOfSatisfying(
                            Receipt.class,
                            receipt -> {
                                assertThat(receipt.outcome()).isEqualTo(outcome);
                                assertThat(receipt.platformId()).isEqualTo(taken.getFirst());
                                assertThat(receipt.from()).isEqualTo(message.to());
                                assertThat(keys.add(receipt.dedupeKey()))
                                        .as("a key of its own")
                                        .isTrue();
                                if (outcome == Receipt.Outcome.FAILED) {
                                    assertThat(receipt.reason()).isNotBlank();
                                }
                            });
        }
    }

    private String sent(OutboundMessage message, List<String> taken) {
        var accepted = channel().deliver(message).block(PATIENCE);
        assertThat(accepted).isNotNull();
        assertThat(accepted.platformId()).as("what a receipt will name").isNotEmpty();
        taken.add(accepted.platformId());
        return accepted.platformId();
    }

    private static @Nullable Kind kindOf(Content content) {
        return content instanceof Event ? Kind.EVENT : Kind.toSend(content);
    }

    static InboundMessage only(@Nullable List<? extends Inbound> inbound) {
        assertThat(inbound).hasSize(1);
        assertThat(inbound.getFirst()).isInstanceOf(InboundMessage.class);
        return (InboundMessage) Objects.requireNonNull(inbound.getFirst());
    }
}
