package io.guanjia.trials.channels;

import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.phone.PhoneAccount;
import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.wecom.WecomAccount;
import io.guanjia.sandbox.wecom.WecomMember;

import java.util.List;
import java.util.Optional;

/**
 * An application of 企业微信 as its members use it: they alone write to it and are answered. What a
 * member's customer says is between the two, and reaches nobody else.
 */
record Members(WecomAccount account) implements PhoneAccount {

    @Override
    public String name() {
        return account.name();
    }

    @Override
    public String title() {
        return account.title();
    }

    @Override
    public List<WecomMember> customers() {
        return account.members();
    }

    @Override
    public WecomMember meet(String name) {
        return account.hire(name);
    }

    @Override
    public Faults faults() {
        return account.faults();
    }

    @Override
    public Optional<PhoneCustomer> find(String id) {
        return account.find(id);
    }
}
