package io.guanjia.trials.faults;

import io.guanjia.sandbox.wechat.Seen;
import io.guanjia.sandbox.wechat.Via;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.Database;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Collects what there is to know about a trial from the sandbox and from PostgreSQL. */
final class Books {

    /** By when everything has to have come right; what is missing then is lost. */
    private static final Duration SETTLES_WITHIN = Duration.ofMinutes(3);

    /** For repeats that come late. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    /** Recovered is who has answered the first so many messages after a blow. */
    private static final int FIRST_MESSAGES = 10;

    /** So many are written down for whoever asks why. */
    private static final int SLOWEST = 30;

    private final WechatAccount account;
    private final Database database;
    private final Path details;

    /**
     * @param details gets the particulars of what is wrong, if anything is
     */
    Books(WechatAccount account, Database database, Path details) {
        this.account = account;
        this.database = database;
        this.details = details;
    }

    /** Waits until nothing is missing, or for as long as it may take, and closes the books. */
    Ledger close(List<Offer> offers, Map<String, List<String>> said, List<Instant> blows) {
        Await.within(
                SETTLES_WITHIN, () -> Checker.check(observe(offers, said)).ackedButLost() == 0);
        Await.pause(AFTERWARDS);
        var observation = observe(offers, said);
        var ledger = Checker.check(observation);
        Details.write(details, observation, slowest(offers), database);
        return ledger.with(recoveries(offers, blows), List.of());
    }

    /** As it stands now. */
    Observation observe(List<Offer> offers, Map<String, List<String>> said) {
        var openids = new LinkedHashSet<String>();
        offers.forEach(offer -> openids.add(offer.openid()));
        openids.addAll(said.keySet());
        return new Observation(
                offers, kept(openids), seen(openids), ambiguous(openids), said, twoAgents());
    }

    private Map<String, List<String>> kept(Set<String> openids) {
        var kept = new HashMap<String, List<String>>();
        database
                .query(
                        """
                        select p.party, m.external_id
                        from message m join party p on p.id = m.party_id
                        where m.direction = 'in' and p.account = '%s' and m.external_id is not null
                        order by m.seq
                        """
                                .formatted(account.name()),
                        row -> Map.entry(row.getString(1), row.getString(2)))
                .stream()
                .filter(row -> openids.contains(row.getKey()))
                .forEach(
                        row ->
                                kept.computeIfAbsent(row.getKey(), _ -> new ArrayList<>())
                                        .add(row.getValue()));
        return kept;
    }

    private Map<String, List<String>> seen(Set<String> openids) {
        var seen = new LinkedHashMap<String, List<String>>();
        for (var openid : openids) {
            seen.put(openid, arrived(openid).stream().map(Seen::words).toList());
        }
        return seen;
    }

    private List<Seen> arrived(String openid) {
        return Objects.requireNonNull(account.withOpenId(openid)).sees().stream()
                .filter(seen -> seen.via() == Via.PASSIVE || seen.via() == Via.SERVICE)
                .toList();
    }

    private Map<String, Set<String>> ambiguous(Set<String> openids) {
        var ambiguous = new HashMap<String, Set<String>>();
        database
                .query(
                        """
                        select d.party, m.content->>'body'
                        from delivery d join message m on m.id = d.message_id
                        where d.state = 'unknown' and d.account = '%s'
                        """
                                .formatted(account.name()),
                        row -> Map.entry(row.getString(1), String.valueOf(row.getString(2))))
                .stream()
                .filter(row -> openids.contains(row.getKey()))
                .forEach(
                        row ->
                                ambiguous
                                        .computeIfAbsent(row.getKey(), _ -> new HashSet<>())
                                        .add(row.getValue()));
        return ambiguous;
    }

    /** Conversations that went from one agent to another without being given away, ever. */
    private long twoAgents() {
        return database.number(
                """
                select count(*) from conversation_change
                where from_state = 'agent' and to_state = 'agent'
                """);
    }

    private List<Duration> recoveries(List<Offer> offers, List<Instant> blows) {
        return blows.stream()
                .map(blow -> recovery(offers, blow))
                .filter(Objects::nonNull)
                .map(recovery -> Objects.requireNonNull(recovery))
                .toList();
    }

    /** Which messages took longest to answer. */
    private List<String> slowest(List<Offer> offers) {
        return offers.stream()
                .filter(offer -> offer.answer() != null)
                .map(offer -> new Waited(offer, answeredAt(offer)))
                .sorted(Comparator.comparing(Waited::time).reversed())
                .limit(SLOWEST)
                .map(waited -> waited.time() + " " + waited.offer())
                .toList();
    }

    private record Waited(Offer offer, @Nullable Instant answeredAt) {
        Duration time() {
            return answeredAt == null
                    ? Duration.ofDays(1)
                    : Duration.between(offer.at(), answeredAt);
        }
    }

    private @Nullable Duration recovery(List<Offer> offers, Instant blow) {
        return offers.stream()
                .filter(offer -> offer.at().isAfter(blow) && offer.acknowledged())
                .sorted(Comparator.comparing(Offer::at))
                .limit(FIRST_MESSAGES)
                .map(this::answeredAt)
                .filter(Objects::nonNull)
                .map(at -> Duration.between(blow, at))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private @Nullable Instant answeredAt(Offer offer) {
        return arrived(offer.openid()).stream()
                .filter(seen -> seen.words().equals(offer.answer()))
                .map(Seen::at)
                .findFirst()
                .orElse(null);
    }
}
