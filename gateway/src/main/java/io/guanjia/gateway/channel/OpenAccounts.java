package io.guanjia.gateway.channel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A channel's accounts at work. When its settings change, the accounts that are set up as before go
 * on as they are, with what they know of tokens, limits and complaints. Safe for use by several
 * threads.
 *
 * @param <S> the settings of one account, equal when they say the same
 * @param <A> one account at work
 */
public final class OpenAccounts<S, A> {

    private Map<S, A> bySettings = Map.of();

    /** The accounts with these settings, in their order; {@code open} puts new ones to work. */
    public synchronized List<A> replace(List<S> settings, Function<? super S, ? extends A> open) {
        var next = new HashMap<S, A>();
        var accounts = new ArrayList<A>();
        for (var one : settings) {
            var before = bySettings.get(one);
            A account = before == null ? open.apply(one) : before;
            next.put(one, account);
            accounts.add(account);
        }
        bySettings = next;
        return List.copyOf(accounts);
    }
}
