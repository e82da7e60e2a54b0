package io.guanjia.gateway.channel;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every channel there is, by name. */
public final class Channels {

    private final Map<String, Channel> byName;

    /** Fails when two channels share a name. */
    public Channels(List<Channel> channels) {
        byName =
                channels.stream()
                        .collect(Collectors.toUnmodifiableMap(Channel::name, Function.identity()));
    }

    public Collection<Channel> all() {
        return byName.values();
    }

    public Optional<Channel> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Fails with {@link IllegalArgumentException}: for names that come from our own records. */
    public Channel require(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("no channel named " + name));
    }

    public Optional<ChannelAccount> findAccount(String channel, String account) {
        var found = byName.get(channel);
        if (found != null) {
            for (var one : found.accounts()) {
                if (one.name().equals(account)) {
                    return Optional.of(one);
                }
            }
        }
        return Optional.empty();
    }
}
