package io.guanjia.sandbox.wecom;

/** That somebody is a member's customer. */
record Contact(WecomCustomer customer, WecomMember member) {}
