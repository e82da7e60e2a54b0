package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.history.Change;
import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.phone.PhoneAccount;
import io.guanjia.sandbox.wecom.KfMedia.Kept;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** One 客服帐号 with everything the platform holds about it. Safe for use by several threads. */
public final class KfAccount implements PhoneAccount {

    private static final int IDS_REMEMBERED = 10_000;

    /** 企业微信开发者中心, 全局错误码: reads of one account side by side. */
    private static final int SIDE_BY_SIDE = 5;

    private final KfSettings settings;
    private final Surroundings around;
    private final KfCallbacks callbacks;
    private final KfMedia media;
    private final MessageLog log;
    private final EventCodes codes;
    private final Faults faults;
    private final History<KfCall> calls;
    private final AtomicInteger reading = new AtomicInteger();
    private final Map<String, KfCustomer> customers = new LinkedHashMap<>();
    private final Map<String, String> sentIds =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > IDS_REMEMBERED;
                }
            };

    KfAccount(KfSettings settings, Surroundings around, KfCallbacks callbacks, KfMedia media) {
        this.settings = settings;
        this.around = around;
        this.callbacks = callbacks;
        this.media = media;
        this.log = new MessageLog(around.clock());
        this.codes = new EventCodes(around.clock());
        this.faults = new Faults(around.seed());
        this.calls = new History<>(around.historySize());
    }

    /**
     * One call of the server's.
     *
     * @param api its path after {@code /cgi-bin/}
     * @param status the HTTP status; 0 when there was no answer
     * @param code the {@code errcode}
     * @param fault the fault that befell it, or empty
     */
    public record KfCall(
            long number,
            String api,
            Instant at,
            Duration latency,
            int status,
            int code,
            String fault) {}

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
        var seed = (settings.corpId() + "/" + name).getBytes(UTF_8);
        return "wm" + UUID.nameUUIDFromBytes(seed).toString().replace("-", "").substring(0, 30);
    }

    @Override
    public Faults faults() {
        return faults;
    }

    public History<KfCall> calls() {
        return calls;
    }

    /** The next so many pages are empty although there is more, as it happens. */
    public void emptyPages(int count) {
        log.emptyPages(count);
    }

    /** Makes the check that the console makes when the address is saved. */
    public CompletionStage<Boolean> verify() {
        return begun(callbacks.verify(settings));
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

    KfMedia media() {
        return media;
    }

    EventCodes codes() {
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
        return begun(callbacks.ring(this, log.newToken()));
    }

    private static <T> CompletionStage<T> begun(Mono<T> work) {
        var future = new CompletableFuture<T>();
        work.subscribe(future::complete, future::completeExceptionally);
        return future;
    }

    MessageLog.Page page(String cursor, String token, int limit) {
        return log.page(cursor, token, limit);
    }

    /** One of the reads that may go on side by side. */
    <T> Mono<T> reading(Mono<T> read) {
        return Mono.defer(
                () -> {
                    if (reading.incrementAndGet() > SIDE_BY_SIDE) {
                        reading.decrementAndGet();
                        return Mono.error(new KfRefusal(KfError.TOO_MANY_AT_ONCE));
                    }
                    return read.doFinally(end -> reading.decrementAndGet());
                });
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

    String fileAddress(Kept file) {
        return around.address().get() + "/" + WecomKfPlatform.NAME + "/media/" + file.id();
    }

    void called(String api, Duration latency, int status, int code, String fault) {
        calls.add(number -> new KfCall(number, api, now(), latency, status, code, fault));
        changed("calls", "");
    }

    void changed(String what, String party) {
        around.changes().publish(new Change(WecomKfPlatform.NAME, name(), what, party));
    }
}
