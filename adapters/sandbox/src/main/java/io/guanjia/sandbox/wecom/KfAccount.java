package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.history.Change;
import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.phone.PhoneAccount;
import io.guanjia.sandbox.wecom.CorpMedia.Kept;
import io.guanjia.weixin.protocol.XmlWriter;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** One 客服账号 with everything the platform holds about it. Safe for use by several threads. */
public final class KfAccount implements PhoneAccount, CorpAccount {

    private static final int IDS_REMEMBERED = 10_000;

    private final KfSettings settings;
    private final Surroundings around;
    private final CorpCallbacks callbacks;
    private final CorpMedia media;
    private final MessageLog log;
    private final EventCodes<Occasion> codes;
    private final Faults faults;
    private final History<CorpCall> calls;
    private volatile CorpLimits limits;
    private final Map<String, KfCustomer> customers = new LinkedHashMap<>();
    private final Map<String, String> sentIds =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > IDS_REMEMBERED;
                }
            };

    KfAccount(KfSettings settings, Surroundings around, CorpCallbacks callbacks, CorpMedia media) {
        this.settings = settings;
        this.around = around;
        this.callbacks = callbacks;
        this.media = media;
        this.log = new MessageLog(around.clock());
        this.codes = new EventCodes<>(around.clock(), CorpError.INVALID_CODE);
        this.faults = new Faults(around.seed());
        this.calls = new History<>(around.historySize());
        this.limits = new CorpLimits(around.clock());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String title() {
        return settings.title();
    }

    @Override
    public List<KfCustomer> customers() {
        synchronized (customers) {
            return List.copyOf(customers.values());
        }
    }

    @Override
    public KfCustomer meet(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name is missing");
        }
        synchronized (customers) {
            return customers.computeIfAbsent(
                    name, one -> new KfCustomer(this, id(one), one, around.chatKept()));
        }
    }

    @Override
    public Optional<KfCustomer> find(String id) {
        return customers().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** The same person is the same external_userid for all accounts of a corporation. */
    private String id(String name) {
        return externalUserId(settings.corpId(), name);
    }

    static String externalUserId(String corpId, String name) {
        var seed = (corpId + "/" + name).getBytes(UTF_8);
        return "wm" + UUID.nameUUIDFromBytes(seed).toString().replace("-", "").substring(0, 30);
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

    /** The next so many pages are empty although there is more, as it happens. */
    public void emptyPages(int count) {
        log.emptyPages(count);
    }

    /**
     * How many entries lie behind the furthest cursor that the server has come with. What lies
     * before it, the server has said that it has.
     */
    public long notComeBackFrom() {
        return log.notComeBackFrom();
    }

    @Override
    public CompletionStage<Boolean> verify() {
        return CorpCallbacks.begun(callbacks.verify(settings.endpoint()));
    }

    /** Forgets customers, chats and faults. */
    void reset() {
        synchronized (customers) {
            customers.clear();
        }
        synchronized (sentIds) {
            sentIds.clear();
        }
        log.clear();
        codes.clear();
        faults.clear();
        calls.clear();
        limits = new CorpLimits(around.clock());
        changed("customers", "");
    }

    // --- For the rest of the platform
    // -------------------------------------------------------------

    KfSettings settings() {
        return settings;
    }

    String openKfid() {
        return settings.openKfid();
    }

    Instant now() {
        return around.clock().instant();
    }

    @Override
    public CorpMedia media() {
        return media;
    }

    EventCodes<Occasion> codes() {
        return codes;
    }

    /** Begins an entry for the log. */
    ObjectNode item(String type) {
        return Json.object()
                .put("msgid", UUID.randomUUID().toString().replace("-", ""))
                .put("send_time", now().getEpochSecond())
                .put("msgtype", type);
    }

    /** Puts an entry into the log and tells nobody. */
    void keep(ObjectNode item) {
        log.add(item);
    }

    /** Puts an entry into the log and rings; completes with what came of that. */
    CompletionStage<String> report(ObjectNode item) {
        log.add(item);
        return CorpCallbacks.begun(
                callbacks.call(settings.endpoint(), faults, news(log.newToken())));
    }

    /** Rings, and says never a word of what there is to read. */
    private String news(String token) {
        return new XmlWriter()
                .cdata("ToUserName", settings.corpId())
                .plain("CreateTime", now().getEpochSecond())
                .cdata("MsgType", "event")
                .cdata("Event", "kf_msg_or_event")
                .cdata("Token", token)
                .cdata("OpenKfId", settings.openKfid())
                .toXml();
    }

    MessageLog.Page page(String cursor, String token, int limit) {
        return log.page(cursor, token, limit);
    }

    /** Notes an id of the server's; returns false where it came before. */
    boolean isNew(String customer, String msgid) {
        synchronized (sentIds) {
            return sentIds.putIfAbsent(customer + "/" + msgid, msgid) == null;
        }
    }

    void forget(String customer, String msgid) {
        synchronized (sentIds) {
            sentIds.remove(customer + "/" + msgid);
        }
    }

    @Override
    public String fileAddress(Kept file) {
        return around.address().get() + "/" + WecomKfPlatform.NAME + "/media/" + file.id();
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
    public boolean hasSecret(String given) {
        return settings.hasSecret(given);
    }

    @Override
    public void changed(String what, String party) {
        around.changes().publish(new Change(WecomKfPlatform.NAME, name(), what, party));
    }
}
