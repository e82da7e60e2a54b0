package io.guanjia.gateway.outbound;

import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;

/** How many messages of a way may be on their way at once from this node. */
final class Concurrency {

    /** A node has the next ones at hand while these are on their way. */
    private static final int ROUNDS_AHEAD = 4;

    private final OutboundSettings settings;
    private final Channels channels;

    Concurrency(OutboundSettings settings, Channels channels) {
        this.settings = settings;
        this.channels = channels;
    }

    /**
     * Over all ways of the accounts that say themselves how many they take, such as carrier lines,
     * and over all others: however many of the one kind wait for a silent carrier, the others go.
     */
    int total() {
        return settings.concurrency();
    }

    boolean isSaidByItsAccount(Way way) {
        return channels.findAccount(way.channel(), way.account())
                .filter(account -> account.concurrency() > 0)
                .isPresent();
    }

    int of(Way way) {
        return channels.findAccount(way.channel(), way.account())
                .map(this::of)
                .orElse(settings.concurrencyPerApi());
    }

    private int of(ChannelAccount account) {
        return account.concurrency() > 0
                ? Math.min(account.concurrency(), settings.concurrency())
                : settings.concurrencyPerApi();
    }

    /** How many to take out of the queue at a time. */
    int ahead(Way way) {
        return ahead(of(way));
    }

    /** The most that is taken of any way. */
    int mostAhead() {
        return channels.all().stream()
                .flatMap(channel -> channel.accounts().stream())
                .mapToInt(account -> ahead(of(account)))
                .max()
                .orElse(settings.ahead());
    }

    private int ahead(int concurrency) {
        return concurrency <= settings.concurrencyPerApi()
                ? Math.max(settings.ahead(), concurrency)
                : Math.max(settings.ahead(), ROUNDS_AHEAD * concurrency);
    }
}
