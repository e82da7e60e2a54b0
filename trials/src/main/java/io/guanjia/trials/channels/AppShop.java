package io.guanjia.trials.channels;

import io.guanjia.sandbox.app.CompanyApp;
import io.guanjia.sandbox.fault.Faults;
import io.guanjia.trials.caller.AppCaller;
import io.guanjia.trials.caller.Caller.Said;
import io.guanjia.trials.process.Http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The company's own app. There is no platform between: the phones themselves bring what customers
 * write, here by REST, and read over their sockets. What we call is the service that pushes to
 * phones that are offline.
 */
final class AppShop implements Shop {

    private final CompanyApp app;
    private final AppCaller caller;
    private final List<URI> nodes;
    private final Clock clock;
    private final Random random = new Random(1);
    private final AtomicLong ids = new AtomicLong();
    private final Queue<Said> brought = new ConcurrentLinkedQueue<>();
    private volatile int times = 1;
    private volatile boolean away;

    /**
     * @param clock the nodes', so that tokens hold
     */
    AppShop(CompanyApp app, AppCaller caller, List<URI> nodes, Clock clock) {
        this.app = app;
        this.caller = caller;
        this.nodes = nodes;
        this.clock = clock;
    }

    @Override
    public String channel() {
        return "app";
    }

    @Override
    public Written write(String name, String words) {
        var said = said(name, words);
        var first = random.nextInt(nodes.size());
        var acknowledged = bring(said, first);
        for (int i = 1; i < times; i++) {
            acknowledged &= bring(said, first + i);
        }
        return new Written(said.customer(), acknowledged);
    }

    @Override
    public List<Written> writeInDisorder(String name, List<String> words) {
        var all = new ArrayList<>(words.stream().map(each -> said(name, each)).toList());
        Collections.shuffle(all, random);
        return all.stream()
                .map(said -> new Written(said.customer(), bring(said, random.nextInt(2))))
                .toList();
    }

    private Said said(String name, String words) {
        var phone = app.meet(name);
        if (away) {
            PhoneShop.does(phone.does("offline", Map.of()));
        }
        var said = new Said(phone.id(), ids.incrementAndGet(), words, clock.instant());
        brought.add(said);
        return said;
    }

    private boolean bring(Said said, int turn) {
        var call = caller.call(said, clock.instant());
        var node = nodes.get(Math.floorMod(turn, nodes.size()));
        var request =
                HttpRequest.newBuilder(node.resolve(caller.path() + "?" + call.query()))
                        .POST(BodyPublishers.ofString(call.body()));
        call.headers().forEach(request::header);
        try {
            return Http.send(request).statusCode() == caller.kept().status();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public List<String> reads(String name) {
        return app.meet(name).reads();
    }

    /** Then they are pushed to. */
    @Override
    public void away(boolean are) {
        away = are;
    }

    @Override
    public void brings(int each) {
        times = each;
    }

    @Override
    public void bringAgain() {
        var again = new ArrayList<>(brought);
        Collections.shuffle(again, random);
        again.forEach(said -> bring(said, random.nextInt(nodes.size())));
    }

    @Override
    public Faults faults() {
        return app.faults();
    }

    @Override
    public String sending() {
        return "push";
    }

    @Override
    public long sends() {
        return app.pushes().total();
    }

    @Override
    public void close() {}
}
