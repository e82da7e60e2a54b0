package io.guanjia.sandbox.wecom;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A customer group (客户群). Safe for use by several threads. */
final class WecomGroup {

    private final String id;
    private final Instant since;
    private final Set<WecomCustomer> customers = new LinkedHashSet<>();
    private String name;
    private String notice = "";
    private WecomMember owner;
    private String version = newVersion();

    WecomGroup(String id, String name, WecomMember owner, Instant since) {
        this.id = id;
        this.name = name;
        this.owner = owner;
        this.since = since;
    }

    String id() {
        return id;
    }

    Instant since() {
        return since;
    }

    synchronized String name() {
        return name;
    }

    synchronized String notice() {
        return notice;
    }

    synchronized WecomMember owner() {
        return owner;
    }

    /** Changes whenever somebody comes or goes. */
    synchronized String version() {
        return version;
    }

    synchronized List<WecomCustomer> customers() {
        return List.copyOf(customers);
    }

    synchronized void rename(String to) {
        name = to;
    }

    synchronized void announce(String words) {
        notice = words;
    }

    synchronized void handTo(WecomMember another) {
        owner = another;
    }

    /** Returns whether they were not there before. */
    synchronized boolean join(WecomCustomer customer) {
        var joined = customers.add(customer);
        version = joined ? newVersion() : version;
        return joined;
    }

    synchronized boolean leave(WecomCustomer customer) {
        var left = customers.remove(customer);
        version = left ? newVersion() : version;
        return left;
    }

    private static String newVersion() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
