package io.guanjia.gateway.outbound;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.Pulse;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.Contacts;
import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Trigger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A database, a platform, and as many nodes as a test wants. Waits for everything it does. */
final class House implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final TestDatabase database = new TestDatabase();
    final TestClock clock = new TestClock();
    final FakeChannel channel = new FakeChannel();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final List<UUID> rings = new CopyOnWriteArrayList<>();

    private final JsonMapper json = JsonMapper.shared();
    private final Ids ids = Ids.timeOrdered();
    private final Map<Address, UUID> parties = new HashMap<>();
    private final Map<Address, UUID> conversations = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    /** Nobody asks. */
    private static final class NoContacts implements Contacts {
        @Override
        public void heard(String channel, String account) {}

        @Override
        public void reached(String channel, String account) {}
    }

    /** One node of the gateway, as far as the way out goes. */
    final class Node {
        private final OutboundConfiguration parts = new OutboundConfiguration();
        final OutboundSettings settings;
        final Pulse pulse = parts.outboundPulse();
        final Changes changes = parts.outboundChanges(database.client, doorbell(), pulse);
        final StoredContent stored = parts.storedContent(json);
        final Channels channels = new Channels(List.of(channel));
        final Outbox outbox = parts.outbox(database.client, channels, pulse, clock);
        final WindowLedger windows = parts.windowLedger(database.client, channels, changes, clock);
        final PassiveReplies passive;
        final Receipts receipts;
        final Deliveries deliveries;
        final Circuits circuits;
        final Leases leases;
        final OutboundMetrics counted;
        final Sender sender;
        final Sweep sweep;

        private Node(OutboundSettings settings, @Nullable Pace pace) {
            this.settings = settings;
            passive =
                    parts.passiveReplies(
                            database.client,
                            database.transaction,
                            channels,
                            changes,
                            stored,
                            pulse,
                            settings,
                            clock);
            receipts = parts.receipts(database.client, changes, settings, clock);
            deliveries =
                    parts.deliveries(
                            database.client,
                            database.transaction,
                            channels,
                            changes,
                            stored,
                            settings,
                            clock);
            circuits = parts.circuits(database.client, pulse, settings, clock);
            leases =
                    parts.leases(
                            database.client,
                            database.transaction,
                            changes,
                            stored,
                            settings,
                            clock);
            counted =
                    parts.outboundMetrics(
                            metrics, database.client, circuits, new NoContacts(), clock);
            sender =
                    parts.sender(
                            database.client,
                            leases,
                            changes,
                            circuits,
                            receipts,
                            channels,
                            pace == null ? new LocalPace() : pace,
                            pulse,
                            counted,
                            settings,
                            clock);
            sweep = parts.sweep(changes, circuits, receipts, counted, settings, clock);
        }

        Node started() {
            sender.start();
            return this;
        }

        void sweepOnce() {
            House.run(sweep.once().then(receipts.sweep()));
        }
    }

    Node node() {
        return node(settings(2), null);
    }

    Node node(OutboundSettings settings, @Nullable Pace pace) {
        var node = new Node(settings, pace);
        nodes.add(node);
        return node;
    }

    static OutboundSettings settings(int concurrencyPerApi) {
        return new OutboundSettings(
                64,
                concurrencyPerApi,
                16,
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofMillis(5),
                Duration.ofMillis(50),
                3,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                Duration.ofDays(3),
                Duration.ofHours(24));
    }

    Address at(String account, String party) {
        return new Address(FakeChannel.NAME, account, party);
    }

    /** The customer writes: an opening, as the conversation records it. */
    void writes(Node node, Address from) {
        opens(node, from, Trigger.MESSAGE, clock.instant());
    }

    void opens(Node node, Address from, Trigger trigger, Instant at) {
        run(
                node.windows
                        .opened(
                                List.of(
                                        new Opening(
                                                party(from),
                                                from.channel(),
                                                from.account(),
                                                trigger,
                                                at)))
                        .as(database.transaction::transactional));
    }

    /** Enqueues words of a person. */
    UUID say(Node node, Address to, String words) {
        return say(node, to, new Content.Text(words), Lane.PERSON, null);
    }

    UUID answer(Node node, Address to, String words, String question) {
        return say(
                node,
                to,
                new Content.Text(words),
                Lane.BOT,
                new PassiveChance(question, clock.instant().plusMillis(4500)));
    }

    /** Emits the message's id. */
    UUID say(Node node, Address to, Content content, Lane lane, @Nullable PassiveChance passive) {
        var message = ids.next();
        run(
                storeMessage(message, to, content)
                        .then(
                                node.outbox.enqueue(
                                        List.of(
                                                new NewDelivery(
                                                        ids.next(),
                                                        message,
                                                        party(to),
                                                        to,
                                                        Author.BOT,
                                                        content,
                                                        lane,
                                                        clock.instant().plus(Duration.ofHours(48)),
                                                        passive))))
                        .as(database.transaction::transactional));
        node.outbox.kick();
        return message;
    }

    UUID party(Address address) {
        return parties.computeIfAbsent(
                address,
                absent -> {
                    var id = ids.next();
                    run(
                            database.client
                                    .sql(
                                            "insert into party (id, channel, account, party,"
                                                    + " first_seen_at) values ($1, $2, $3, $4,"
                                                    + " now())")
                                    .bind(0, id)
                                    .bind(1, address.channel())
                                    .bind(2, address.account())
                                    .bind(3, address.party())
                                    .then());
                    return id;
                });
    }

    UUID conversation(Address address) {
        return conversations.computeIfAbsent(
                address,
                absent -> {
                    var id = ids.next();
                    run(
                            database.client
                                    .sql(
                                            "insert into conversation (id, party_id, channel,"
                                                    + " account, party, state, since, opened_at,"
                                                    + " changed_at) values ($1, $2, $3, $4, $5,"
                                                    + " 'bot', now(), now(), now())")
                                    .bind(0, id)
                                    .bind(1, party(address))
                                    .bind(2, address.channel())
                                    .bind(3, address.account())
                                    .bind(4, address.party())
                                    .then());
                    return id;
                });
    }

    DeliveryStatus status(UUID message) {
        return now(
                database.client
                        .sql("select state, reason from delivery where message_id = $1")
                        .bind(0, message)
                        .map(
                                row ->
                                        new DeliveryStatus(
                                                DeliveryState.of(
                                                        Columns.required(
                                                                row, "state", String.class)),
                                                row.get("reason", String.class)))
                        .one());
    }

    DeliveryState state(UUID message) {
        return status(message).state();
    }

    long count(String condition) {
        return now(
                database.client
                        .sql("select count(*) from delivery where " + condition)
                        .mapValue(Long.class)
                        .one());
    }

    long revision(Address address) {
        return now(
                database.client
                        .sql("select revision from conversation where id = $1")
                        .bind(0, conversation(address))
                        .mapValue(Long.class)
                        .one());
    }

    Window window(Node node, Address address) {
        return Objects.requireNonNull(
                now(node.windows.windows(List.of(party(address)))).get(party(address)));
    }

    static <T> T now(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(PATIENCE));
    }

    static void run(Mono<?> mono) {
        mono.block(PATIENCE);
    }

    private Mono<Void> storeMessage(UUID id, Address to, Content content) {
        return database.client
                .sql(
                        "insert into message (id, conversation_id, party_id, revision, direction,"
                            + " author_kind, author_name, content, sent_at, received_at) values"
                            + " ($1, $2, $3, 0, 'out', 'agent', 'lilei', $4::jsonb, now(), now())")
                .bind(0, id)
                .bind(1, conversation(to))
                .bind(2, party(to))
                .bind(3, json.writerFor(Content.class).writeValueAsString(content))
                .then();
    }

    private Doorbell doorbell() {
        return new Doorbell() {
            @Override
            public Mono<Void> ring(Collection<UUID> changed) {
                return Mono.fromRunnable(() -> rings.addAll(changed));
            }

            @Override
            public Flux<UUID> changes() {
                return Flux.never();
            }
        };
    }

    @Override
    public void close() {
        channel.platform = channel::take;
        for (var node : nodes) {
            run(
                    Mono.create(
                            stopped -> {
                                if (node.sender.isRunning()) {
                                    node.sender.stop(stopped::success);
                                } else {
                                    stopped.success();
                                }
                            }));
        }
        database.close();
    }
}
