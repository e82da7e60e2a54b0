package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.history.Change;
import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.phone.PhoneAccount;
import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.wecom.CorpMedia.Kept;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One self-built application of a corporation, whose members have customers and customer groups.
 * Safe for use by several threads: whatever happens between people happens one thing at a time.
 */
public final class WecomAccount implements PhoneAccount, CorpAccount {

    private final WecomSettings settings;
    private final Surroundings around;
    private final CorpCallbacks callbacks;
    private final CorpMedia media;
    private final EventCodes<Contact> codes;
    private final MassSends sends;
    private final Faults faults;
    private final History<CorpCall> calls;
    private volatile CorpLimits limits;
    private final AtomicLong messageIds = new AtomicLong(7_000_000_000_000_000_000L);
    private final Map<String, WecomMember> members = new LinkedHashMap<>();
    private final Map<String, WecomCustomer> customers = new LinkedHashMap<>();
    private final Map<String, WecomGroup> groups = new LinkedHashMap<>();

    WecomAccount(
            WecomSettings settings, Surroundings around, CorpCallbacks callbacks, CorpMedia media) {
        this.settings = settings;
        this.around = around;
        this.callbacks = callbacks;
        this.media = media;
        this.codes = new EventCodes<>(around.clock(), CorpError.INVALID_WELCOME);
        this.sends = new MassSends(this);
        this.faults = new Faults(around.seed());
        this.calls = new History<>(around.historySize());
        this.limits = new CorpLimits(around.clock());
        settings.members().forEach(this::hire);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String title() {
        return settings.title();
    }

    /** Customers, and once there are any the members who serve them, each with a phone. */
    @Override
    public synchronized List<PhoneCustomer> customers() {
        var phones = new ArrayList<PhoneCustomer>(customers.values());
        if (!phones.isEmpty()) {
            phones.addAll(members.values());
        }
        return List.copyOf(phones);
    }

    /** Somebody who can become a customer, and is none until a member is added. */
    @Override
    public synchronized WecomCustomer meet(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name is missing");
        }
        return customers.computeIfAbsent(
                name,
                one ->
                        new WecomCustomer(
                                this,
                                KfAccount.externalUserId(settings.corpId(), one),
                                one,
                                around.chatKept()));
    }

    @Override
    public synchronized Optional<PhoneCustomer> find(String id) {
        var member = members.get(id);
        return member == null
                ? findCustomer(id).map(PhoneCustomer.class::cast)
                : Optional.of(member);
    }

    /** The member of that userid. */
    public synchronized WecomMember member(String userId) {
        return Optional.ofNullable(members.get(userId))
                .orElseThrow(() -> new IllegalArgumentException("no member " + userId));
    }

    /** The member of that userid, who begins to work here where there was none. */
    public synchronized WecomMember hire(String userId) {
        if (userId.isBlank()) {
            throw new IllegalArgumentException("userid is missing");
        }
        return members.computeIfAbsent(
                userId, one -> new WecomMember(this, one, around.chatKept()));
    }

    /** Everybody who works here. */
    public synchronized List<WecomMember> members() {
        return List.copyOf(members.values());
    }

    /** The customer groups there are, by the platform's ids. */
    public synchronized List<String> groupIds() {
        return List.copyOf(groups.keySet());
    }

    @Override
    public String corpId() {
        return settings.corpId();
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public CorpLimits limits() {
        return limits;
    }

    public History<CorpCall> calls() {
        return calls;
    }

    @Override
    public CompletionStage<Boolean> verify() {
        return CorpCallbacks.begun(callbacks.verify(settings.endpoint()));
    }

    /** Forgets customers, groups, chats, tasks and faults. */
    synchronized void reset() {
        customers.clear();
        groups.clear();
        members.clear();
        settings.members().forEach(this::hire);
        sends.clear();
        codes.clear();
        faults.clear();
        calls.clear();
        limits = new CorpLimits(around.clock());
        changed("customers", "");
    }

    // --- For the rest of the platform
    // -------------------------------------------------------------

    WecomSettings settings() {
        return settings;
    }

    Instant now() {
        return around.clock().instant();
    }

    @Override
    public CorpMedia media() {
        return media;
    }

    EventCodes<Contact> codes() {
        return codes;
    }

    MassSends sends() {
        return sends;
    }

    synchronized Optional<WecomMember> findMember(String userId) {
        return Optional.ofNullable(members.get(userId));
    }

    synchronized Optional<WecomCustomer> findCustomer(String id) {
        return customers.values().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    synchronized List<WecomCustomer> customersOf(WecomMember member) {
        return customers.values().stream().filter(one -> one.isCustomerOf(member)).toList();
    }

    synchronized WecomGroup found(String name, WecomMember owner) {
        var group =
                new WecomGroup(
                        "wr" + UUID.randomUUID().toString().replace("-", "").substring(0, 30),
                        name,
                        owner,
                        now());
        groups.put(group.id(), group);
        return group;
    }

    synchronized void dissolve(WecomGroup group) {
        groups.remove(group.id());
    }

    synchronized Optional<WecomGroup> group(String id) {
        return Optional.ofNullable(groups.get(id));
    }

    synchronized List<WecomGroup> groups() {
        return List.copyOf(groups.values());
    }

    /** The id of a message that the application gets, or of one of its own. */
    long newMessageId() {
        return messageIds.incrementAndGet();
    }

    /** Calls the server; completes with what came of that. */
    CompletionStage<String> report(String xml) {
        return CorpCallbacks.begun(callbacks.call(settings.endpoint(), faults, xml));
    }

    @Override
    public String fileAddress(Kept file) {
        return around.address().get() + "/" + WecomPlatform.NAME + "/media/" + file.id();
    }

    @Override
    public boolean hasSecret(String given) {
        return settings.hasSecret(given);
    }

    @Override
    public void called(String api, Duration latency, int status, int code, String fault) {
        calls.add(number -> new CorpCall(number, api, now(), latency, status, code, fault));
        changed("calls", "");
    }

    @Override
    public List<CorpCall> callsKept() {
        return calls.all();
    }

    @Override
    public void changed(String what, String party) {
        around.changes().publish(new Change(WecomPlatform.NAME, name(), what, party));
    }
}
