package io.guanjia.gateway.accounts;

import static io.guanjia.gateway.accounts.Columns.required;

import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.outbound.Circuits;
import io.guanjia.gateway.outbound.OpenCircuit;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Brings together what is known of how accounts are doing, on all nodes. */
final class HealthReads {

    /** What fails again and again is due although it rests between its tries. */
    private static final String QUEUES =
            """
            select channel, account,
                count(*) filter (where state = 'queued') as queued,
                count(*) filter (where state = 'held') as held,
                min(created_at) as oldest,
                min(created_at) filter (where state = 'queued'
                    and (not_before <= :now or attempts > 0)) as due_since,
                (array_agg(reason order by seq) filter (where state = 'queued'
                    and reason is not null))[1] as reason
            from delivery where state in ('queued', 'held')
            group by channel, account
            """;

    private final DatabaseClient database;
    private final Channels channels;
    private final AccountsInForce inForce;
    private final Lookout lookout;
    private final LastContact contacts;
    private final Circuits circuits;
    private final Clock clock;

    HealthReads(
            DatabaseClient database,
            Channels channels,
            AccountsInForce inForce,
            Lookout lookout,
            LastContact contacts,
            Circuits circuits,
            Clock clock) {
        this.database = database;
        this.channels = channels;
        this.inForce = inForce;
        this.lookout = lookout;
        this.contacts = contacts;
        this.circuits = circuits;
        this.clock = clock;
    }

    /** Every account there is, by channel and name, as all nodes see it. */
    Mono<List<AccountHealth>> all() {
        return Mono.zip(queues(), contacts.all(), circuits.open().collectList(), lookout.all())
                .map(
                        known ->
                                channels.all().stream()
                                        .sorted(Comparator.comparing(Channel::name))
                                        .flatMap(channel -> accounts(channel).stream())
                                        .map(
                                                account ->
                                                        health(
                                                                account,
                                                                known.getT1(),
                                                                known.getT2(),
                                                                known.getT3(),
                                                                known.getT4()))
                                        .toList());
    }

    Mono<AccountHealth> one(AccountId id) {
        return all().flatMapIterable(accounts -> accounts)
                .filter(account -> account.id().equals(id))
                .next();
    }

    /** An account before anybody asked how it is. */
    private record Known(
            AccountId id,
            Channel channel,
            @Nullable StoredAccount stored,
            @Nullable ChannelAccount inForce) {}

    private List<Known> accounts(Channel channel) {
        var working =
                channel.accounts().stream()
                        .collect(Collectors.toMap(ChannelAccount::name, Function.identity()));
        var inSettings = inForce.inSettings(channel.name());
        var ours = new HashSet<>(working.keySet());
        var all = new ArrayList<Known>();
        for (var stored : inForce.stored(channel.name())) {
            var name = stored.id().name();
            var described = inSettings.contains(name) ? null : working.get(name);
            all.add(new Known(stored.id(), channel, stored, described));
            ours.remove(name);
        }
        ours.addAll(inSettings);
        for (var name : ours) {
            var id = new AccountId(channel.name(), name);
            all.add(new Known(id, channel, null, working.get(name)));
        }
        all.sort(Comparator.comparing(account -> account.id().name()));
        return all;
    }

    private AccountHealth health(
            Known account,
            Map<AccountId, Queue> queues,
            Map<AccountId, Contact> inTouch,
            List<OpenCircuit> shut,
            Map<AccountId, Sightings> seen) {
        var id = account.id();
        var stored = account.stored();
        var sightings = seen.getOrDefault(id, Sightings.NONE);
        // What works under that name is the settings file's.
        var shadowed = stored != null && inForce.inSettings(id.channel()).contains(id.name());
        var facts =
                new Facts(
                        stored == null || stored.enabled(),
                        stored == null ? null : sightings.trouble(),
                        shut.stream().filter(each -> id.equals(of(each))).toList(),
                        shadowed ? List.of() : sightings.signs(),
                        shadowed ? List.of() : sightings.calls(),
                        queues.getOrDefault(id, Queue.EMPTY),
                        inTouch.getOrDefault(id, Contact.NONE));
        return new AccountHealth(
                id,
                account.channel(),
                stored,
                account.inForce(),
                facts,
                Diagnosis.of(facts, clock.instant()));
    }

    private Mono<Map<AccountId, Queue>> queues() {
        return database.sql(QUEUES)
                .bind("now", clock.instant())
                .map(row -> Map.entry(of(row), queue(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static AccountId of(OpenCircuit circuit) {
        return new AccountId(circuit.channel(), circuit.account());
    }

    private static AccountId of(Readable row) {
        return new AccountId(
                required(row, "channel", String.class), required(row, "account", String.class));
    }

    private static Queue queue(Readable row) {
        return new Queue(
                required(row, "queued", Long.class),
                required(row, "held", Long.class),
                row.get("oldest", Instant.class),
                row.get("due_since", Instant.class),
                row.get("reason", String.class));
    }
}
