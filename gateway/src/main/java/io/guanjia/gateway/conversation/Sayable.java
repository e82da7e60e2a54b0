package io.guanjia.gateway.conversation;

import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;

import java.nio.charset.StandardCharsets;

/** What is known before sending about what an account can say. */
final class Sayable {

    private final Channels channels;

    Sayable(Channels channels) {
        this.channels = channels;
    }

    /** Throws {@link DeskRefusal.CannotSay} or {@link DeskRefusal.TooLong}. */
    void require(Address to, Content content) {
        var account =
                channels.findAccount(to.channel(), to.account())
                        .orElseThrow(DeskRefusal.CannotSay::new);
        if (content instanceof Content.Text text
                && text.body().getBytes(StandardCharsets.UTF_8).length > account.maxTextBytes()) {
            throw new DeskRefusal.TooLong(account.maxTextBytes());
        }
        if (!channels.require(to.channel()).canSay(to.account(), content)) {
            throw new DeskRefusal.CannotSay();
        }
    }
}
