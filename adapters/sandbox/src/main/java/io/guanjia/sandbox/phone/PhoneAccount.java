package io.guanjia.sandbox.phone;

import io.guanjia.sandbox.fault.Faults;

import java.util.List;
import java.util.Optional;

/** One account of a platform as its customers see it. */
public interface PhoneAccount {

    /** As in the gateway's settings. */
    String name();

    /** What stands at the top of the chat, such as 小管家银行. */
    String title();

    /** In the order in which they came. */
    List<? extends PhoneCustomer> customers();

    /** The customer of that name, who comes to be where there was none. */
    PhoneCustomer meet(String name);

    /** What goes wrong with this account. */
    Faults faults();

    /** By the platform's id for them. */
    Optional<? extends PhoneCustomer> find(String id);
}
