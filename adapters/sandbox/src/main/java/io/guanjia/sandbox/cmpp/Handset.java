package io.guanjia.sandbox.cmpp;

import io.guanjia.cmpp.protocol.MsgFmt;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.cmpp.protocol.UserDataHeader;
import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.phone.PhoneLine;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A phone, whose customer is known by its number. Safe for use by several threads. */
public final class Handset implements PhoneCustomer {

    private static final int MOST_INCOMPLETE = 100;

    private final Carrier carrier;
    private final String number;
    private final String name;
    private final History<PhoneLine> lines;
    private final Map<String, SortedMap<Integer, String>> incomplete = new LinkedHashMap<>();
    private volatile String stat = "DELIVRD";

    Handset(Carrier carrier, String number, String name, int kept) {
        this.carrier = carrier;
        this.number = number;
        this.name = name;
        this.lines = new History<>(kept);
    }

    @Override
    public String id() {
        return number;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<PhoneLine> chat() {
        return lines.all();
    }

    /** What it has to read. */
    public List<String> reads() {
        return chat().stream().filter(line -> !line.mine()).map(PhoneLine::text).toList();
    }

    /** Waits until it has so many messages; returns whether it did in time. Blocks: for tests. */
    public boolean awaitReads(int count, Duration timeout) throws InterruptedException {
        return lines.await(
                all -> all.stream().filter(line -> !line.mine()).count() >= count, timeout);
    }

    /**
     * What becomes of messages to it from now on.
     *
     * @param word of a status report: DELIVRD, or an error such as UNDELIV or MK:0001, with which
     *     nothing reaches the phone
     */
    public void reports(String word) {
        if (word.isBlank() || word.length() > 7) {
            throw new IllegalArgumentException("stat must be up to 7 characters");
        }
        stat = word;
    }

    @Override
    public List<String> gestures() {
        return List.of("gbk", "binary", "power-off", "power-on");
    }

    /** {@code says} with details; see {@link PhoneCustomer#does}. */
    @Override
    public CompletionStage<String> does(String gesture, Map<String, String> details) {
        return switch (gesture) {
            case "text" -> writes(details.getOrDefault("text", ""), MsgFmt.UCS2, false);
            case "choose" -> writes(details.getOrDefault("id", ""), MsgFmt.UCS2, false);
            case "gbk" -> writes(details.getOrDefault("text", "查询余额"), MsgFmt.GBK, true);
            case "binary" -> {
                show(new PhoneLine(now(), true, "file", "…", null, List.of(), "Msg_Fmt 4"));
                yield carrier.send(number, UserData.plain(MsgFmt.BINARY, new byte[] {1, 2, 3}));
            }
            case "power-off" -> {
                reports("UNDELIV");
                yield CompletableFuture.completedFuture("off");
            }
            case "power-on" -> {
                reports("DELIVRD");
                yield CompletableFuture.completedFuture("on");
            }
            default -> throw new IllegalArgumentException("a phone cannot " + gesture);
        };
    }

    /** Writes, and completes when the account has acknowledged all of it. */
    public CompletableFuture<String> says(String text) {
        return writes(text, MsgFmt.UCS2, false);
    }

    private CompletableFuture<String> writes(String text, int format, boolean sixteenBits) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("text is missing");
        }
        show(PhoneLine.text(now(), true, text));
        return carrier.send(number, text, format, sixteenBits);
    }

    /** A message comes; returns what is reported of it. */
    String receives(Pdu.Submit submit, Instant at) {
        if (!stat.equals("DELIVRD")) {
            return stat;
        }
        var data = submit.data();
        var header = UserDataHeader.of(data);
        var charset = MsgFmt.charset(data.format());
        if (header == null || charset == null) {
            show(
                    new PhoneLine(
                            at, false, "file", "…", null, List.of(), "Msg_Fmt " + data.format()));
            return stat;
        }
        var words =
                new String(
                        data.content(),
                        header.length(),
                        data.content().length - header.length(),
                        charset);
        var part = header.part();
        if (part == null) {
            show(PhoneLine.text(at, false, words));
            return stat;
        }
        var whole = whole(submit.sourceId(), part, words);
        if (whole != null) {
            show(new PhoneLine(at, false, "text", whole, null, List.of(), part.total() + " 条"));
        }
        return stat;
    }

    private synchronized @Nullable String whole(
            String from, UserDataHeader.Part part, String words) {
        var key = from + '/' + part.reference() + '/' + part.total();
        if (incomplete.size() > MOST_INCOMPLETE) {
            incomplete.clear();
        }
        var parts = incomplete.computeIfAbsent(key, _ -> new TreeMap<>());
        parts.put(part.number(), words);
        if (parts.size() < part.total()) {
            return null;
        }
        incomplete.remove(key);
        return String.join("", parts.values());
    }

    private void show(PhoneLine line) {
        lines.add(count -> line);
        carrier.changed("chat", number);
    }

    private Instant now() {
        return carrier.now();
    }
}
