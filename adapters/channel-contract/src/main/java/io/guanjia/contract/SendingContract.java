package io.guanjia.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes out, by kinds of content. */
abstract class SendingContract extends ReceivingContract {

    @Test
    void sendsEveryKindItDeclares() {
        platformTakes();
        assertThat(capabilities().sends()).containsKey(Kind.TEXT);
        for (var kind : capabilities().sends().keySet()) {
            var before = taken();

            assertThat(channel().canSay(account(), sample(kind))).as(kind.name()).isTrue();
            var accepted = channel().deliver(message(sample(kind))).block(PATIENCE);

            assertThat(accepted).as(kind.name()).isNotNull();
            assertThat(taken()).as(kind.name()).isEqualTo(before + 1);
        }
    }

    @Test
    void refusesEveryKindItDoesNotDeclare() {
        platformTakes();
        var before = taken();
        for (var kind : Kind.values()) {
            if (kind != Kind.EVENT && !capabilities().canSend(kind)) {
                assertThat(failure(sample(kind)))
                        .as(kind.name())
                        .isExactlyInstanceOf(DeliveryException.Refused.class);
            }
        }
        assertThat(taken()).isEqualTo(before);
    }

    /** As it is told apart from an account that cannot send just now. */
    @Test
    void saysWhereThereIsNoSuchAccount() {
        platformTakes();
        var nobodys =
                new OutboundMessage(
                        "d-1",
                        new Address(channel().name(), "nobody-has-this", party()),
                        Author.BOT,
                        sample(Kind.TEXT));

        assertThat(catchThrowable(() -> channel().deliver(nobodys).block(PATIENCE)))
                .isExactlyInstanceOf(DeliveryException.Blocked.class);
    }

    final @Nullable Throwable failure(Content content) {
        return catchThrowable(() -> channel().deliver(message(content)).block(PATIENCE));
    }
}
