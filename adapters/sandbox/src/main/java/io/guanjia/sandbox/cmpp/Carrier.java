package io.guanjia.sandbox.cmpp;

import io.guanjia.cmpp.protocol.MsgFmt;
import io.guanjia.cmpp.protocol.MsgId;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.Report;
import io.guanjia.cmpp.protocol.Segments;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.cmpp.protocol.UserDataHeader;
import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.history.Change;
import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.phone.PhoneAccount;
import io.netty.channel.EventLoop;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One account with the carrier, and the phones it talks to. Safe for use by several threads. */
public final class Carrier implements PhoneAccount {

    private static final int GATEWAY = 12345;
    private static final int MOST_STRANGERS = 5_000;
    private static final DateTimeFormatter REPORT_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ROOT)
                    .withZone(ZoneId.of("Asia/Shanghai"));

    private final CarrierSettings settings;
    private final Surroundings around;
    private final EventLoop loop;
    private final Faults faults;
    private final Courier courier;
    private final History<Submitted> submits;
    private final ConcurrentSkipListMap<String, Handset> handsets = new ConcurrentSkipListMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger references = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicLong acknowledged = new AtomicLong();
    private final Admission admission;

    Carrier(CarrierSettings settings, Surroundings around, EventLoop loop) {
        this.settings = settings;
        this.around = around;
        this.loop = loop;
        this.faults = new Faults(around.seed());
        this.courier = new Courier(loop, faults, around.seed());
        this.admission = new Admission(settings);
        this.submits = new History<>(around.historySize());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String title() {
        return settings.srcId();
    }

    public CarrierSettings settings() {
        return settings;
    }

    @Override
    public Faults faults() {
        return faults;
    }

    /** The latest submits, in the order in which they came. */
    public History<Submitted> submits() {
        return submits;
    }

    /** How many submits were without an answer at once on one line, at the most. */
    public int mostOpen() {
        return mostOpen.get();
    }

    /** How much of what went to the account it has acknowledged. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** How many lines are logged in. */
    public CompletableFuture<Integer> lines() {
        return onLoop(() -> courier.lines().size());
    }

    /** Does something to all lines that are there now, and tells how many these are. */
    public CompletableFuture<Integer> act(LineAct act) {
        return onLoop(
                () -> {
                    var all = courier.lines();
                    all.forEach(line -> line.act(act));
                    return all.size();
                });
    }

    /** The phone with that number. */
    public Handset phone(String number) {
        return handsets.computeIfAbsent(
                number, _ -> new Handset(this, number, number, around.chatKept()));
    }

    @Override
    public List<Handset> customers() {
        return List.copyOf(handsets.values());
    }

    /** A name has the same number every time; a number is one. */
    @Override
    public Handset meet(String name) {
        var number =
                name.matches("\\d{5,20}")
                        ? name
                        : "139%08d".formatted(Math.floorMod(name.hashCode(), 100_000_000));
        return handsets.computeIfAbsent(
                number, _ -> new Handset(this, number, name, around.chatKept()));
    }

    @Override
    public Optional<Handset> find(String id) {
        return Optional.ofNullable(handsets.get(id));
    }

    void reset() {
        handsets.clear();
        faults.clear();
        submits.clear();
        loop.execute(courier::clear);
        changed("customers", "");
    }

    // --- For its lines, on the event loop -------------------------------------------------------

    Courier courier() {
        return courier;
    }

    String proof() {
        return settings.secret();
    }

    void acknowledgedOne() {
        acknowledged.incrementAndGet();
    }

    void sawOpen(int open) {
        mostOpen.accumulateAndGet(open, Math::max);
    }

    Admission admission() {
        return admission;
    }

    /**
     * Takes a submit and answers it.
     *
     * @param code the Result that a fault demands
     * @param shown whether it reaches the phone
     */
    Pdu.SubmitAnswer take(Pdu.Submit submit, @Nullable Integer code, boolean shown) {
        int result = code != null ? code : admission.judge(submit);
        long id = result == 0 ? nextId() : 0;
        record(submit, id, result);
        if (result == 0 && shown) {
            show(submit, id);
        }
        return new Pdu.SubmitAnswer(submit.sequence(), id, result);
    }

    void takeUnanswered(Pdu.Submit submit, boolean takes) {
        long id = takes ? nextId() : 0;
        record(submit, id, null);
        if (takes) {
            show(submit, id);
        }
    }

    private void show(Pdu.Submit submit, long id) {
        for (var number : submit.destinations()) {
            var phone = handsets.get(number);
            if (phone == null && handsets.size() < MOST_STRANGERS) {
                phone = phone(number);
            }
            var stat = phone == null ? "DELIVRD" : phone.receives(submit, now());
            if (submit.registeredDelivery() == 1) {
                loop.schedule(
                        () -> report(submit, id, number, stat),
                        around.resultDelay().toMillis(),
                        TimeUnit.MILLISECONDS);
            }
        }
    }

    private void report(Pdu.Submit submit, long id, String number, String stat) {
        var at = REPORT_TIME.format(now());
        var report = new Report(id, stat, at, at, number, ids.get());
        // The width of the version that the account speaks; lines may differ only in tests.
        var content = report.content(settings.version());
        courier.take(
                new Parcel(
                        new Pdu.Deliver(
                                0,
                                nextId(),
                                submit.sourceId(),
                                submit.serviceId(),
                                UserData.plain(MsgFmt.ASCII, content),
                                number,
                                0,
                                1,
                                "")));
    }

    private void record(Pdu.Submit submit, long id, @Nullable Integer result) {
        var data = submit.data();
        var header = UserDataHeader.of(data);
        var charset = MsgFmt.charset(data.format());
        var text =
                header == null || charset == null
                        ? null
                        : new String(
                                data.content(),
                                header.length(),
                                data.content().length - header.length(),
                                charset);
        submits.add(
                count ->
                        new Submitted(
                                count,
                                now(),
                                MsgId.text(id),
                                submit.destinations().getFirst(),
                                submit.sourceId(),
                                submit.number(),
                                submit.total(),
                                data.format(),
                                text,
                                result));
        changed("calls", "");
    }

    // --- For its phones -------------------------------------------------------------------------

    /** Sends words to the account; completes when all parts have come to an end. */
    CompletableFuture<String> send(String from, String words, int format, boolean sixteenBits) {
        var parts =
                new Segments(format, sixteenBits).of(words, references.incrementAndGet() & 0xffff);
        var all = parts.stream().map(part -> send(from, part)).toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(
                        done ->
                                all.stream()
                                        .map(CompletableFuture::join)
                                        .filter(one -> !one.equals("acknowledged"))
                                        .findFirst()
                                        .orElse("acknowledged"));
    }

    CompletableFuture<String> send(String from, UserData data) {
        return deliver(
                new Pdu.Deliver(
                        0, nextId(), settings.srcId(), settings.serviceId(), data, from, 0, 0, ""));
    }

    /**
     * Delivers anything at all to the account, until it is acknowledged. Completes with how that
     * ended; its sequence number is ours to give.
     */
    public CompletableFuture<String> deliver(Pdu.Deliver deliver) {
        var parcel = new Parcel(deliver);
        loop.execute(() -> courier.take(parcel));
        return parcel.outcome();
    }

    Instant now() {
        return around.clock().instant();
    }

    void changed(String what, String party) {
        around.changes().publish(new Change(CmppPlatform.NAME, name(), what, party));
    }

    private long nextId() {
        return MsgId.of(now(), GATEWAY, ids.incrementAndGet());
    }

    private <T> CompletableFuture<T> onLoop(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, loop);
    }
}
