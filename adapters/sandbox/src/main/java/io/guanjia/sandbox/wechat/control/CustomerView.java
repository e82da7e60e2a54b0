package io.guanjia.sandbox.wechat.control;

import io.guanjia.sandbox.wechat.Customer;
import io.guanjia.sandbox.wechat.Seen;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A customer as the control API shows one.
 *
 * @param allowance how many customer-service messages the account may still send
 * @param typing whether 对方正在输入 is on the screen
 * @param blocksTemplates whether template messages end as {@code failed:user block}
 * @param chatted how many things there ever were in the chat
 * @param last the latest of them
 */
record CustomerView(
        String name,
        String openId,
        @Nullable String unionId,
        boolean following,
        Instant since,
        int allowance,
        @Nullable Instant allowanceUntil,
        boolean typing,
        boolean blocksTemplates,
        long chatted,
        @Nullable Seen last) {

    static CustomerView of(Customer customer) {
        var latest = customer.chat().after(0, 1);
        return new CustomerView(
                customer.name(),
                customer.openId(),
                customer.unionId(),
                customer.following(),
                customer.since(),
                customer.allowance(),
                customer.allowanceUntil(),
                customer.seesTyping(),
                customer.blocksTemplates(),
                customer.chat().total(),
                latest.isEmpty() ? null : latest.getFirst());
    }
}
