package io.guanjia.gateway.conversation;

import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.Handing;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.downgrade.Downgrade;
import io.guanjia.gateway.downgrade.Said;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * In which messages an account can say what is to be said, and whether in more than one; and what
 * its platform has to be told.
 */
final class Sayable {

    /** More messages than this for one thing said are a mistake. */
    private static final int MOST = 10;

    private final Channels channels;
    private final Downgrade downgrade;

    Sayable(Channels channels, Downgrade downgrade) {
        this.channels = channels;
        this.downgrade = downgrade;
    }

    /**
     * As it is, or what stands for it; several where it is too long for one. Throws {@link
     * DeskRefusal.CannotSay}, or {@link DeskRefusal.TooLong} where it would be a flood.
     */
    List<Said> require(Address to, Content content) {
        var said = in(to, content);
        if (said.isEmpty()) {
            throw new DeskRefusal.CannotSay();
        }
        if (said.size() > MOST) {
            throw new DeskRefusal.TooLong(MOST * text(to).safeBytes());
        }
        return said;
    }

    /**
     * As {@link #require}, but what cannot be said stays as it is: its delivery ends as refused.
     */
    List<Said> orAsItIs(Address to, Content content) {
        var said = in(to, content);
        return said.isEmpty() ? List.of(Said.asItIs(content)) : said;
    }

    /** Whether what a customer did lets us say one thing and no more. */
    boolean isOneOnly(Address to, @Nullable Trigger trigger) {
        return Optional.ofNullable(trigger)
                .flatMap(
                        known ->
                                channels.findAccount(to.channel(), to.account())
                                        .flatMap(account -> account.window(known)))
                .filter(rule -> rule.messages() == 1)
                .isPresent();
    }

    /** What the platform has to be told when that party's conversation changes hands. */
    Optional<Content.Native> told(Address party, Handing handing) {
        return channels.find(party.channel())
                .flatMap(channel -> channel.told(party.account(), handing));
    }

    /** Whether who is to get a person gets one in the platform's own client. */
    boolean hasColleagues(Address party) {
        return told(party, Handing.TO_COLLEAGUE).isPresent();
    }

    private TextLimit text(Address to) {
        return channels.findAccount(to.channel(), to.account())
                .orElseThrow(DeskRefusal.CannotSay::new)
                .capabilities()
                .text();
    }

    private List<Said> in(Address to, Content content) {
        return channels.findAccount(to.channel(), to.account())
                .map(
                        account -> {
                            var channel = channels.require(to.channel());
                            return downgrade.fit(
                                    content,
                                    account.capabilities(),
                                    one -> channel.canSay(to.account(), one));
                        })
                .orElse(List.of());
    }
}
