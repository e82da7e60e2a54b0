package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.Pulse;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

class OutgoingTest {

    private static final Way WAY = new Way("fake", "demo", "send");
    private static final int PER_WAY = 4;

    private final Outgoing outgoing =
            new Outgoing(
                    new Concurrency(House.settings(PER_WAY), new Channels(List.of())), new Pulse());

    private void take(int many) {
        outgoing.add(WAY, leased(WAY, many), false);
    }

    private static List<Leased> leased(Way way, int many) {
        return Stream.generate(() -> leased(way)).limit(many).toList();
    }

    private static Leased leased(Way way) {
        return new Leased(
                UUID.randomUUID(),
                UUID.randomUUID(),
                way,
                new Address("fake", "demo", "somebody"),
                Author.BOT,
                1,
                new Content.Text("您好"),
                0,
                null,
                false,
                false);
    }

    private void finish(int workers) {
        while (outgoing.next(WAY).isPresent()) {}
        for (int i = 0; i < workers; i++) {
            assertThat(outgoing.goesOn(WAY)).isFalse();
        }
    }

    @Test
    void asManyWorkAsTheWayAllows() {
        take(10);

        assertThat(outgoing.begin()).hasSize(PER_WAY);
        assertThat(outgoing.begin()).isEmpty();
    }

    @Test
    void afterItWasTooMuchOneFindsOutWhetherThePlatformTakesItAgain() {
        outgoing.beCareful(WAY);
        take(10);
        assertThat(outgoing.begin()).hasSize(1);

        outgoing.trust(WAY);

        assertThat(outgoing.begin()).hasSize(PER_WAY - 1);
    }

    @Test
    void aSilentCarrierLeavesWorkersForTheOthers() {
        var carrier = new Way(FakeChannel.NAME, FakeChannel.LINE, "submit");
        var other = new Way(FakeChannel.NAME, FakeChannel.SERVICE, "custom-send");
        var both =
                new Outgoing(
                        new Concurrency(
                                House.settings(PER_WAY), new Channels(List.of(new FakeChannel()))),
                        new Pulse());
        both.add(carrier, leased(carrier, 200), false);
        var taken = both.begin();
        assertThat(taken).hasSize(House.settings(PER_WAY).concurrency()).containsOnly(carrier);

        both.add(other, leased(other, 10), false);

        assertThat(both.begin()).hasSize(PER_WAY).containsOnly(other);
    }

    @Test
    void whoHasNothingLeftToDoMakesRoom() {
        take(2);
        finish(outgoing.begin().size());

        assertThat(outgoing.room(WAY)).isEqualTo(16);
    }
}
