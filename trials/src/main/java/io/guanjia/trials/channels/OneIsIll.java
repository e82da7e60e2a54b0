package io.guanjia.trials.channels;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.trials.channels.Shop.Errand;
import io.guanjia.trials.faults.Ledger;
import io.guanjia.trials.process.Await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * F6: one platform never answers, or answers 500, or closes slowly: where we send, then where we
 * ask for a token, fetch files and fetch what customers wrote. Customers of the others notice
 * nothing of it; and its own are answered afterwards, or it is known of every message that nobody
 * knows, and every file comes.
 */
public final class OneIsIll implements ChannelTrial {

    /** How much slower the others may be, at the 99th percentile. */
    private static final double FACTOR = 1.2;

    private static final Duration SLOWLY = Duration.ofSeconds(3);

    private static final Duration CALLED_WITHIN = Duration.ofSeconds(15);

    /** Files of the others; less than it takes us to give up on a platform. */
    private static final Duration FILES_WITHIN = Duration.ofSeconds(4);

    /** Customers of the ill one who write while something else than sending fails. */
    private static final int FURTHER = 100;

    private static final Duration ENDS_WITHIN = Duration.ofMinutes(2);

    private final Set<String> channels;

    /**
     * @param channels those that fall ill in a full run, in their turn; none for all of them
     */
    public OneIsIll(Set<String> channels) {
        this.channels = channels;
    }

    @Override
    public String number() {
        return "F6";
    }

    @Override
    public String fault(Street street) {
        return "one platform (sending, tokens, files, what was written) never answers, answers 500,"
                + " closes slowly, while others are written to";
    }

    @Override
    public Map<String, Ledger> run(Street street) {
        var ledgers = new LinkedHashMap<String, Ledger>();
        var shops = street.isFull() ? chosen(street.shops()) : street.shops().subList(0, 1);
        for (var ill : shops) {
            ledgers.put(ill.channel(), run(street, ill));
        }
        return ledgers;
    }

    private List<Shop> chosen(List<Shop> shops) {
        return shops.stream()
                .filter(shop -> channels.isEmpty() || channels.contains(shop.channel()))
                .toList();
    }

    private static Ledger run(Street street, Shop ill) {
        var own = new Talk(ill, street.database(), "ill");
        var findings = new ArrayList<String>();
        var calm = new ArrayList<Duration>();
        var beside = new ArrayList<Duration>();
        var rounds = street.of(1, 2);
        for (int round = 0; round < rounds; round++) {
            calm.addAll(others(street, ill, "calm-%s-%d".formatted(ill.channel(), round)));
            beside.addAll(besideIt(street, ill, own, round));
            beside.addAll(
                    street.isFull()
                            ? besideIt(street, ill, own, rounds + round)
                            : besideItsErrands(street, ill, own, findings));
            calm.addAll(others(street, ill, "again-%s-%d".formatted(ill.channel(), round)));
        }
        if (street.isFull()) {
            beside.addAll(besideItsErrands(street, ill, own, findings));
            calm.addAll(others(street, ill, "last-%s".formatted(ill.channel())));
        }
        if (street.isFull() && p99(beside) > FACTOR * p99(calm)) {
            findings.add(
                    "others wait %.0f ms at p99 instead of %.0f ms"
                            .formatted(p99(beside), p99(calm)));
        }
        // What waits for its next try need not be waited for.
        street.clockAhead(Duration.ofMinutes(10));
        var unended =
                """
                select count(*) from delivery
                where channel = '%s' and state in ('queued', 'held', 'sending')
                """
                        .formatted(ill.channel());
        if (!Await.within(ENDS_WITHIN, () -> street.database().number(unended) == 0)) {
            findings.add(street.database().number(unended) + " deliveries have not ended");
        }
        var missing = images("p.channel = '%s' and file is null".formatted(ill.channel()));
        if (!Await.within(ENDS_WITHIN, () -> street.database().number(missing) == 0)) {
            findings.add(street.database().number(missing) + " pictures have not come");
        }
        var ledger = own.close();
        findings.addAll(own.unended());
        street.clockAhead(Duration.ZERO);
        return ledger.with(List.of(), findings);
    }

    private static List<List<Effect>> effects(Shop ill) {
        return List.of(
                List.of(new Effect.Hang(false)),
                List.of(ill.failure()),
                List.of(new Effect.Delay(SLOWLY), new Effect.Close(false)));
    }

    private static List<Duration> besideIt(Street street, Shop ill, Talk own, int round) {
        var effects = effects(ill);
        var waited = new ArrayList<Duration>();
        ill.away(true);
        for (int i = 0; i < effects.size(); i++) {
            effects.get(i).forEach(effect -> ill.faults().add(Fault.always(ill.sending(), effect)));
            own.ask(3 * round + i, i);
            waited.addAll(others(street, ill, "%s-%d-%d".formatted(ill.channel(), round, i)));
            ill.faults().clear();
        }
        ill.away(false);
        return waited;
    }

    /** Everything but sending, in its turn. In short one call that never answers. */
    private static List<Duration> besideItsErrands(
            Street street, Shop ill, Talk own, List<String> findings) {
        var waited = new ArrayList<Duration>();
        var customer = FURTHER;
        var all = ill.errands();
        for (var errand : all.subList(0, street.of(Math.min(1, all.size()), all.size()))) {
            for (var effects : effects(ill).subList(0, street.of(1, 3))) {
                effects.forEach(effect -> ill.faults().add(Fault.always(errand.api(), effect)));
                errand.begin().run();
                own.ask(customer, customer % 3);
                if (!Await.within(CALLED_WITHIN, () -> struck(ill))) {
                    findings.add(errand.api() + " was not called, so nothing failed");
                }
                filesOfOthers(street, ill, errand.api(), findings);
                waited.addAll(
                        others(street, ill, "%s-besides-%d".formatted(ill.channel(), customer)));
                ill.faults().clear();
                customer++;
            }
        }
        return waited;
    }

    /** Customers of the others send files, which come as if nothing were wrong. */
    private static void filesOfOthers(Street street, Shop ill, String api, List<String> findings) {
        var here = images("p.channel <> '%s' and file is not null".formatted(ill.channel()));
        var missing = images("p.channel <> '%s' and file is null".formatted(ill.channel()));
        if (!Await.within(FILES_WITHIN, () -> street.database().number(missing) == 0)) {
            findings.add("files of others are still missing from before " + api + " was ill");
        }
        var before = street.database().number(here);
        var sent =
                street.shops().stream()
                        .filter(shop -> shop != ill)
                        .flatMap(shop -> shop.errands().stream())
                        .filter(Errand::fetches)
                        .toList();
        sent.forEach(errand -> errand.begin().run());
        if (!Await.within(
                FILES_WITHIN, () -> street.database().number(here) >= before + sent.size())) {
            findings.add(
                    "%d of %d files of others came while %s was ill"
                            .formatted(street.database().number(here) - before, sent.size(), api));
        }
    }

    /** How many customers have sent. */
    private static String images(String where) {
        return """
        select count(*) from message m join party p on p.id = m.party_id,
            lateral (select m.content #>> '{media,id}') as f(file)
        where m.direction = 'in' and m.content->>'type' = 'image' and %s
        """
                .formatted(where);
    }

    private static boolean struck(Shop ill) {
        return ill.faults().active().stream().anyMatch(fault -> fault.struck() > 0);
    }

    /** How long customers of the others wait for an answer. */
    private static List<Duration> others(Street street, Shop ill, String name) {
        var waited = new ArrayList<Duration>();
        for (var shop : street.shops()) {
            if (shop != ill) {
                for (int i = 0; i < street.of(1, 4); i++) {
                    waited.add(Answered.after(shop, name + "-" + i, i));
                }
            }
        }
        return waited;
    }

    private static double p99(List<Duration> waited) {
        var sorted = waited.stream().sorted().toList();
        return sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1).toNanos() / 1e6;
    }
}
