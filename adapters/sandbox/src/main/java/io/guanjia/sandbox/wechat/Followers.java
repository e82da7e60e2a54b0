package io.guanjia.sandbox.wechat;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Everybody an account has to do with, followers or not, by name and by openid. */
final class Followers {

    private final WechatAccount account;
    private final Map<String, Customer> byName = new ConcurrentHashMap<>();
    private final Map<String, Customer> byOpenId = new ConcurrentHashMap<>();

    Followers(WechatAccount account) {
        this.account = account;
    }

    /** The customer of that name, who comes into being when asked for the first time. */
    Customer named(String name, boolean following, int chatKept) {
        return byName.computeIfAbsent(
                name,
                newcomer -> {
                    var customer =
                            new Customer(account, newcomer, following, chatKept, account.now());
                    byOpenId.put(customer.openId(), customer);
                    account.publish("customers", "");
                    return customer;
                });
    }

    @Nullable Customer withOpenId(String openId) {
        return byOpenId.get(openId);
    }

    Collection<Customer> all() {
        return byName.values();
    }

    void clear() {
        byName.clear();
        byOpenId.clear();
    }
}
