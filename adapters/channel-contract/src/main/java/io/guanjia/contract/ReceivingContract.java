package io.guanjia.contract;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Objects;

/** What comes in: duplicates, order, kinds, receipts. */
abstract class ReceivingContract extends AuthenticityContract {

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

    /** What has no id of its own is told by who did what, and when. */
    @Test
    void tellsARepeatedEventFromAnother() {
        if (!capabilities().receives().contains(Kind.EVENT)) {
            return;
        }
        var first = only(happens(SAID));

        assertThat(kindOf(first.content())).isEqualTo(Kind.EVENT);
        assertThat(only(happens(SAID)).dedupeKey()).isEqualTo(first.dedupeKey());
        assertThat(only(happens(SAID.plusSeconds(1))).dedupeKey()).isNotEqualTo(first.dedupeKey());
        assertThat(only(happensToo(SAID)).dedupeKey())
                .as("two things in one second")
                .isNotEqualTo(first.dedupeKey());
        assertThat(only(hears(new Said("在吗", SAID, 1))).dedupeKey())
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
            var message = only(brought(kind));

            assertThat(only(brought(kind)).dedupeKey())
                    .as("%s once more", kind)
                    .isEqualTo(message.dedupeKey());
            assertThat(kindOf(message.content())).as(kind.name()).isEqualTo(kind);
            assertThat(message.from().channel()).as(kind.name()).isEqualTo(channel().name());
            assertThat(message.raw()).as(kind.name()).isNotBlank();
        }
    }

    private List<? extends Inbound> brought(Kind kind) {
        return kind == Kind.EVENT ? happens(SAID) : brings(kind);
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
