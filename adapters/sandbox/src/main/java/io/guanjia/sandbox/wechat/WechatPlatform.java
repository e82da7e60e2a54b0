package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.history.Change;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;

/** All accounts of one {@link Product}. */
public final class WechatPlatform {

    private final PlatformParts parts;
    private final Map<String, WechatAccount> accounts = new ConcurrentHashMap<>();

    public WechatPlatform(PlatformParts parts) {
        this.parts = parts;
    }

    /** What all of them are. */
    public Product product() {
        return parts.product();
    }

    /**
     * Registers an account.
     *
     * @throws IllegalArgumentException when its name or app id is taken
     */
    public synchronized WechatAccount open(AccountSettings settings) {
        if (accounts.containsKey(settings.name()) || withAppId(settings.appId()) != null) {
            throw new IllegalArgumentException("taken: " + settings);
        }
        var account = new WechatAccount(settings, parts);
        accounts.put(settings.name(), account);
        account.publish("accounts", "");
        return account;
    }

    /** Closes an account. Returns whether there was one. */
    public boolean close(String name) {
        var account = accounts.remove(name);
        if (account == null) {
            return false;
        }
        parts.changes().publish(new Change(parts.product().channel(), "", "accounts", ""));
        return true;
    }

    /** The account of that name, or null. */
    public @Nullable WechatAccount find(String name) {
        return accounts.get(name);
    }

    /** The account of that name. */
    public WechatAccount require(String name) {
        var account = accounts.get(name);
        if (account == null) {
            throw new NoSuchElementException("no account named " + name);
        }
        return account;
    }

    /** All accounts by name. */
    public List<WechatAccount> accounts() {
        return accounts.values().stream()
                .sorted(Comparator.comparing(WechatAccount::name))
                .toList();
    }

    /** The account with that app id, or null. */
    public @Nullable WechatAccount withAppId(String appId) {
        for (var account : accounts.values()) {
            if (account.settings().appId().equals(appId)) {
                return account;
            }
        }
        return null;
    }

    /** The account that issued a token, valid or not, or null. */
    public @Nullable WechatAccount whoseToken(String token) {
        for (var account : accounts.values()) {
            if (account.tokens().knows(token)) {
                return account;
            }
        }
        return null;
    }
}
