package io.guanjia.adapters.sms;

import io.guanjia.gateway.channel.ManagedAccounts.Field;

import reactor.netty.resources.ConnectionProvider;

import java.util.List;

/**
 * What differs from one provider to the next.
 *
 * @param <A> one account's settings
 */
public interface SmsProvider<A> {

    /** Such as {@code sms-aliyun}. */
    String channel();

    Class<A> type();

    /** What an administrator fills in. */
    List<Field> fields();

    SmsLine open(A account, ConnectionProvider connections);
}
