package io.guanjia.adapters.sms.cmpp;

import io.guanjia.adapters.sms.line.Timing;
import io.guanjia.cmpp.protocol.Version;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.cmpp.Carrier;
import io.guanjia.sandbox.cmpp.CarrierSettings;
import io.guanjia.sandbox.cmpp.CmppPlatform;
import io.guanjia.sandbox.history.Changes;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * A bank with a line to the sandbox's carrier: both ends, with nothing but TCP between them. Parts
 * of what phones say are in a real database, which it finds empty.
 */
final class Bank implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    final MemoryIntake intake = new MemoryIntake();
    final CmppPlatform platform;
    final Carrier carrier;
    final CmppChannel channel;
    final PartDatabase database = PartDatabase.SHARED.empty();
    private final Map<String, String> settings;
    private final Clock clock;

    private Bank(
            CarrierSettings settings,
            Map<String, String> changes,
            Clock clock,
            @Nullable Intake into) {
        platform =
                new CmppPlatform(
                        new Surroundings(
                                clock,
                                new Changes(),
                                1,
                                "127.0.0.1",
                                () -> URI.create("http://127.0.0.1"),
                                Duration.ofMillis(20),
                                1_000,
                                300));
        carrier = platform.open(settings);
        var all = new HashMap<>(changes);
        all.put("api-base", platform.address().toString());
        all.put("secret", changes.getOrDefault("secret", settings.secret()));
        this.settings = all;
        this.clock = clock;
        channel = node(into == null ? intake : into);
    }

    /** Another node with lines of its own, for the test to close. */
    CmppChannel node(Intake into) {
        var node =
                new CmppChannel(
                        List.of(Accounts.main(settings)),
                        new CarrierAccount.Surroundings(
                                into,
                                clock,
                                database.parts(clock),
                                account -> SharedParts.NONE,
                                Bank::impatient));
        node.start();
        return node;
    }

    static Bank open(Map<String, String> changes) {
        return open(CarrierSettings.named("main"), changes);
    }

    static Bank open(CarrierSettings settings, Map<String, String> changes) {
        return new Bank(settings, changes, Clock.systemUTC(), null);
    }

    static Bank open(Clock clock, Map<String, String> changes) {
        return new Bank(CarrierSettings.named("main"), changes, clock, null);
    }

    static Bank open(Intake into, Map<String, String> changes) {
        return new Bank(CarrierSettings.named("main"), changes, Clock.systemUTC(), into);
    }

    static CarrierSettings speaking(String version) {
        return CarrierSettings.named("main")
                .speaking(version.equals("2.0") ? Version.V2_0 : Version.V3_0);
    }

    /** Lines that come back within a test's patience. */
    static Timing impatient(Timing timing) {
        var refused = Duration.ofMillis(150);
        return new Timing(
                timing.window(),
                timing.answerWithin(),
                timing.tests(),
                timing.idle(),
                Duration.ofMillis(30),
                Duration.ofMillis(200),
                refused,
                refused,
                Duration.ofMillis(100));
    }

    static Address customer(String phone) {
        return new Address("sms-cmpp", "main", PhoneNumbers.party(phone));
    }

    /** Not started yet. */
    static CmppChannel channelTo(String address) {
        return new CmppChannel(
                List.of(Accounts.main(Map.of("api-base", address))),
                new CarrierAccount.Surroundings(
                        new MemoryIntake(),
                        Clock.systemUTC(),
                        PartDatabase.SHARED.parts(Clock.systemUTC()),
                        account -> SharedParts.NONE,
                        Bank::impatient));
    }

    Mono<Accepted> sending(String phone, String words) {
        return sending(channel, phone, words);
    }

    static Mono<Accepted> sending(CmppChannel channel, String phone, String words) {
        return channel.deliver(
                new OutboundMessage(
                        UUID.randomUUID().toString(),
                        customer(phone),
                        Author.BOT,
                        new Content.Text(words)));
    }

    Accepted send(String phone, String words) {
        return Objects.requireNonNull(sending(phone, words).block(PATIENCE));
    }

    HealthSign health() {
        return Objects.requireNonNull(channel.health("main").blockFirst(PATIENCE));
    }

    int lines() {
        return carrier.lines().join();
    }

    void awaitLines(int count) {
        await(() -> lines() == count && health().problem() == null);
    }

    void awaitLinesGone() {
        await(() -> lines() == 0);
    }

    void awaitUp() {
        await(() -> health().problem() == null);
    }

    /** By threads of its own: those of Reactor may be watched for blocking. */
    static void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition::getAsBoolean);
    }

    @Override
    public void close() {
        channel.close();
        platform.close();
    }
}
