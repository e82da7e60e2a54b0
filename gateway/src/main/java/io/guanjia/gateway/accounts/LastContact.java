package io.guanjia.gateway.accounts;

import static io.guanjia.gateway.accounts.Columns.required;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.channel.Contacts;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers when each account was last in touch with its platform: on this node at once, for all
 * nodes within ten seconds. What the last ten seconds before a crash brought is forgotten.
 */
final class LastContact extends BackgroundWork implements Contacts {

    private static final Logger log = LoggerFactory.getLogger(LastContact.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private static final String WRITE =
            """
            insert into channel_contact (channel, account, heard_at, reached_at)
            select * from unnest(:channels::text[], :accounts::text[],
                :heard::timestamptz[], :reached::timestamptz[])
            on conflict (channel, account) do update set
                heard_at = greatest(channel_contact.heard_at, excluded.heard_at),
                reached_at = greatest(channel_contact.reached_at, excluded.reached_at)
            """;

    private static final String READ =
            "select channel, account, heard_at, reached_at from channel_contact";

    private final DatabaseClient database;
    private final Clock clock;
    private final Map<AccountId, Times> times = new ConcurrentHashMap<>();
    private final Map<AccountId, Contact> written = new HashMap<>();

    LastContact(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** In milliseconds, 0 for never. Which of two simultaneous writes wins makes no difference. */
    private static final class Times {
        private volatile long heard;
        private volatile long reached;

        Contact shown() {
            return new Contact(instant(heard), instant(reached));
        }

        private static @Nullable Instant instant(long millis) {
            return millis == 0 ? null : Instant.ofEpochMilli(millis);
        }
    }

    @Override
    public void heard(String channel, String account) {
        of(channel, account).heard = clock.millis();
    }

    @Override
    public void reached(String channel, String account) {
        of(channel, account).reached = clock.millis();
    }

    private Times of(String channel, String account) {
        return times.computeIfAbsent(new AccountId(channel, account), _ -> new Times());
    }

    /** As far as all nodes have written it down, and this one knows. */
    Mono<Map<AccountId, Contact>> all() {
        return database.sql(READ)
                .map(
                        row ->
                                Map.entry(
                                        new AccountId(
                                                required(row, "channel", String.class),
                                                required(row, "account", String.class)),
                                        new Contact(
                                                row.get("heard_at", Instant.class),
                                                row.get("reached_at", Instant.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(this::withMine);
    }

    private Map<AccountId, Contact> withMine(Map<AccountId, Contact> others) {
        var all = new HashMap<>(others);
        times.forEach((id, mine) -> all.merge(id, mine.shown(), Contact::and));
        return all;
    }

    /** Writes down what has changed since it was last called. One call at a time. */
    Mono<Void> flush() {
        return Mono.defer(
                () -> {
                    var news = new HashMap<AccountId, Contact>();
                    times.forEach(
                            (id, mine) -> {
                                var contact = mine.shown();
                                if (!contact.equals(written.get(id))) {
                                    news.put(id, contact);
                                }
                            });
                    return news.isEmpty()
                            ? Mono.empty()
                            : write(news).then(Mono.fromRunnable(() -> written.putAll(news)));
                });
    }

    private Mono<Void> write(Map<AccountId, Contact> news) {
        var channels = new ArrayList<String>();
        var accounts = new ArrayList<String>();
        var heard = new ArrayList<@Nullable Instant>();
        var reached = new ArrayList<@Nullable Instant>();
        news.forEach(
                (id, contact) -> {
                    channels.add(id.channel());
                    accounts.add(id.name());
                    heard.add(contact.heardAt());
                    reached.add(contact.reachedAt());
                });
        return database.sql(WRITE)
                .bind("channels", channels.toArray(String[]::new))
                .bind("accounts", accounts.toArray(String[]::new))
                .bind("heard", heard.toArray(Instant[]::new))
                .bind("reached", reached.toArray(Instant[]::new))
                .then();
    }

    @Override
    protected Flux<?> work() {
        return rounds(
                EVERY,
                this::flush,
                failure ->
                        log.warn(
                                "Could not write down who was in touch: {}",
                                getMostSpecificCause(failure).toString()));
    }
}
