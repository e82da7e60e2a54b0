package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;

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
        outgoing.add(WAY, Stream.generate(OutgoingTest::leased).limit(many).toList(), false);
    }

    private static Leased leased() {
        return new Leased(
                UUID.randomUUID(),
                UUID.randomUUID(),
                WAY,
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
    void whoHasNothingLeftToDoMakesRoom() {
        take(2);
        finish(outgoing.begin().size());

        assertThat(outgoing.room(WAY)).isEqualTo(16);
    }
}
