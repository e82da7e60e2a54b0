package io.guanjia.trials.channels;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import io.guanjia.cmpp.protocol.MsgFmt;
import io.guanjia.cmpp.protocol.MsgId;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.sandbox.cmpp.Carrier;
import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Faults;
import io.guanjia.trials.process.Await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A carrier's gateway, to which both nodes have a line. It delivers over whichever has room. */
final class CarrierShop implements Shop {

    private static final int GATEWAY = 4321;
    private static final Duration LINES_WITHIN = Duration.ofMinutes(1);

    /** 流量控制错: all that a carrier can say where others answer 500. */
    private static final int NOT_NOW = 8;

    private final Carrier carrier;
    private final Random random = new Random(1);
    private final AtomicInteger ids = new AtomicInteger();
    private final Queue<Pdu.Deliver> brought = new ConcurrentLinkedQueue<>();
    private volatile int times = 1;

    CarrierShop(Carrier carrier) {
        this.carrier = carrier;
    }

    @Override
    public String channel() {
        return "sms-cmpp";
    }

    @Override
    public Written write(String name, String words) {
        var deliver = deliver(name, words);
        var all = new ArrayList<CompletableFuture<String>>();
        for (int i = 0; i < times; i++) {
            all.add(carrier.deliver(deliver));
        }
        return new Written(party(name), all.stream().allMatch(PhoneShop::does));
    }

    @Override
    public List<Written> writeInDisorder(String name, List<String> words) {
        var all = new ArrayList<>(words.stream().map(each -> deliver(name, each)).toList());
        Collections.shuffle(all, random);
        return all.stream().map(carrier::deliver).toList().stream()
                .map(deed -> new Written(party(name), PhoneShop.does(deed)))
                .toList();
    }

    private Pdu.Deliver deliver(String name, String words) {
        var deliver =
                new Pdu.Deliver(
                        0,
                        MsgId.of(Instant.now(), GATEWAY, ids.incrementAndGet()),
                        carrier.settings().srcId(),
                        "",
                        UserData.plain(MsgFmt.UCS2, words.getBytes(UTF_16BE)),
                        carrier.meet(name).id(),
                        0,
                        0,
                        "");
        brought.add(deliver);
        return deliver;
    }

    /** As the gateway has numbers. */
    private String party(String name) {
        return "+86" + carrier.meet(name).id();
    }

    @Override
    public List<String> reads(String name) {
        return carrier.meet(name).reads();
    }

    @Override
    public void awaitConnected(int nodes) {
        Await.until(
                LINES_WITHIN,
                () -> carrier.lines().join() == nodes,
                () -> "the lines do not come up");
    }

    @Override
    public void brings(int each) {
        times = each;
    }

    @Override
    public void bringAgain() {
        var again = new ArrayList<>(brought);
        Collections.shuffle(again, random);
        again.stream().map(carrier::deliver).toList().forEach(PhoneShop::does);
    }

    @Override
    public Faults faults() {
        return carrier.faults();
    }

    @Override
    public String sending() {
        return "submit";
    }

    @Override
    public Effect failure() {
        return new Effect.ErrorCode(NOT_NOW);
    }

    @Override
    public long sends() {
        return carrier.submits().total();
    }

    @Override
    public void close() {}
}
