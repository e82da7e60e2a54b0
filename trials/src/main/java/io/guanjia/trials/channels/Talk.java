package io.guanjia.trials.channels;

import io.guanjia.trials.channels.Shop.Written;
import io.guanjia.trials.faults.Checker;
import io.guanjia.trials.faults.Ledger;
import io.guanjia.trials.faults.Observation;
import io.guanjia.trials.faults.Offer;
import io.guanjia.trials.faults.Questions;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.Database;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What customers of one shop write in a trial, and what becomes of it. They ask what the bot
 * answers each in words of their own; what they say counts as its own id, for not every platform
 * has one.
 */
final class Talk {

    private static final Duration SETTLES_WITHIN = Duration.ofMinutes(2);

    /** For repeats that come late. */
    static final Duration AFTERWARDS = Duration.ofSeconds(2);

    private final Shop shop;
    private final Database database;
    private final String trial;
    private final Map<String, String> nameByParty = new LinkedHashMap<>();
    private final List<Offer> offers = new ArrayList<>();

    /**
     * @param trial other trials have other customers
     */
    Talk(Shop shop, Database database, String trial) {
        this.shop = shop;
        this.database = database;
        this.trial = trial;
    }

    /** Each customer asks one thing after the other. */
    void write(int customers, int messagesEach) {
        for (int customer = 0; customer < customers; customer++) {
            for (int i = 0; i < messagesEach; i++) {
                ask(customer, customer + i);
            }
        }
    }

    /** One customer asks one thing. */
    void ask(int customer, int question) {
        var begun = Instant.now();
        var written = shop.write(name(customer), Questions.question(question));
        offers.add(offer(customer, question, written, begun));
    }

    /** One customer says one thing to which the answer is not to arrive. */
    void tell(int customer, int question) {
        var begun = Instant.now();
        var written = shop.write(name(customer), Questions.question(question));
        offers.add(offer(customer, question, written, begun).unanswered());
    }

    /** Each customer asks several things, which arrive in another order. */
    void writeInDisorder(int customers, int messagesEach) {
        for (int customer = 0; customer < customers; customer++) {
            var begun = Instant.now();
            var first = customer;
            var questions = IntStream.range(first, first + messagesEach).boxed().toList();
            var written =
                    shop.writeInDisorder(
                            name(customer), questions.stream().map(Questions::question).toList());
            for (int i = 0; i < messagesEach; i++) {
                offers.add(offer(customer, questions.get(i), written.get(i), begun));
            }
        }
    }

    private String name(int customer) {
        return "%s-%d".formatted(trial, customer);
    }

    private Offer offer(int customer, int question, Written written, Instant begun) {
        nameByParty.put(written.party(), name(customer));
        return new Offer(
                written.party(),
                Questions.question(question),
                begun,
                1,
                "",
                written.acknowledged() ? Duration.between(begun, Instant.now()) : null,
                Questions.answer(question));
    }

    /** Waits until nothing is missing, or for as long as it may take. */
    void settle() {
        Await.within(SETTLES_WITHIN, () -> Checker.check(observe()).ackedButLost() == 0);
    }

    /** Closes the books. Order is as customers wrote. */
    Ledger close() {
        settle();
        Await.pause(AFTERWARDS);
        return books();
    }

    /** The books, once it is settled and quiet. Order is as customers wrote. */
    Ledger books() {
        return Checker.check(observe());
    }

    /**
     * The books where what was written came in another order: what counts then is that it is
     * answered in the order in which it is kept. Where all of it is kept in the order in which it
     * was written, nothing was tried.
     */
    Ledger booksAsKept() {
        var kept = kept();
        var sorted = new ArrayList<>(offers);
        sorted.sort(
                Comparator.comparing(Offer::openid).thenComparingInt(offer -> place(kept, offer)));
        var written = new ArrayList<>(offers);
        written.sort(Comparator.comparing(Offer::openid));
        var ledger = Checker.check(observe(sorted));
        return sorted.equals(written)
                ? ledger.with(List.of(), List.of("everything came in the order it was written in"))
                : ledger;
    }

    private static int place(Map<String, List<String>> kept, Offer offer) {
        return kept.getOrDefault(offer.openid(), List.of()).indexOf(offer.msgId());
    }

    private Observation observe() {
        return observe(offers);
    }

    private Observation observe(List<Offer> inOrder) {
        var seen = new HashMap<String, List<String>>();
        nameByParty.forEach((party, name) -> seen.put(party, answers(shop.reads(name))));
        return new Observation(inOrder, kept(), seen, ambiguous(), Map.of(), 0);
    }

    /** The words of an SMS have a signature around them. */
    private static List<String> answers(List<String> read) {
        return read.stream()
                .map(
                        line ->
                                IntStream.range(0, Questions.COUNT)
                                        .mapToObj(Questions::answer)
                                        .filter(line::contains)
                                        .findFirst()
                                        .orElse(line))
                .toList();
    }

    private Map<String, List<String>> kept() {
        var kept = new HashMap<String, List<String>>();
        rows("m.direction = 'in'")
                .forEach(
                        row ->
                                kept.computeIfAbsent(row.getKey(), _ -> new ArrayList<>())
                                        .add(row.getValue()));
        return kept;
    }

    private Map<String, Set<String>> ambiguous() {
        var ambiguous = new HashMap<String, Set<String>>();
        rows("exists (select 1 from delivery d where d.message_id = m.id and d.state = 'unknown')")
                .forEach(
                        row ->
                                ambiguous
                                        .computeIfAbsent(row.getKey(), _ -> new HashSet<>())
                                        .add(row.getValue()));
        return ambiguous;
    }

    /** Answers of which the gateway made more than one. */
    long answeredTwice() {
        return rows("m.direction = 'out'").stream()
                        .filter(row -> nameByParty.containsKey(row.getKey()))
                        .count()
                - rows("m.direction = 'out'").stream()
                        .filter(row -> nameByParty.containsKey(row.getKey()))
                        .distinct()
                        .count();
    }

    /** How many deliveries to these customers were refused, and why. */
    long refused() {
        return database.number(
                "select count(*) from delivery d where d.state = 'refused' and d.reason <> '' and "
                        + theirs());
    }

    /** What is wrong with how deliveries to these customers ended; nothing, where all is well. */
    List<String> unended() {
        return database.query(
                """
                select count(*) || ' deliveries are ' || d.state || ' after '
                    || max(d.attempts) || ' tries: ' || coalesce(d.reason, 'no reason')
                from delivery d
                where %s and (d.state in ('queued', 'held', 'sending')
                    or d.state in ('refused', 'expired', 'unknown') and coalesce(d.reason, '') = '')
                group by d.state, d.reason
                """
                        .formatted(theirs()),
                row -> row.getString(1));
    }

    private String theirs() {
        var parties =
                nameByParty.keySet().stream()
                        .map("'%s'"::formatted)
                        .collect(Collectors.joining(", "));
        return "d.channel = '%s' and d.party in (%s)".formatted(shop.channel(), parties);
    }

    private List<Map.Entry<String, String>> rows(String which) {
        return database.query(
                """
                select p.party, m.content->>'body'
                from message m join party p on p.id = m.party_id
                where p.channel = '%s' and m.content->>'body' is not null and %s
                order by m.seq
                """
                        .formatted(shop.channel(), which),
                row -> Map.entry(row.getString(1), row.getString(2)));
    }
}
