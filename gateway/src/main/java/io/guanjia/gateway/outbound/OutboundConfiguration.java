package io.guanjia.gateway.outbound;

import io.guanjia.gateway.Pulse;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.Contacts;
import io.guanjia.gateway.live.Doorbell;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Puts the way out together. Needs the channels, a clock, a database and somebody to tell. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundSettings.class)
public class OutboundConfiguration {

    OutboundConfiguration() {
        ReasonWords.load();
    }

    @Bean
    Pulse outboundPulse() {
        return new Pulse();
    }

    @Bean
    Changes outboundChanges(DatabaseClient database, Doorbell doorbell, Pulse pulse) {
        return new Changes(database, doorbell, pulse);
    }

    @Bean
    StoredContent storedContent(JsonMapper json) {
        return new StoredContent(json);
    }

    @Bean
    Outbox outbox(DatabaseClient database, Channels channels, Pulse pulse, Clock clock) {
        return new Outbox(database, channels, pulse, asStored(clock));
    }

    @Bean
    WindowLedger windowLedger(
            DatabaseClient database, Channels channels, Changes changes, Clock clock) {
        return new WindowLedger(database, channels, changes, asStored(clock));
    }

    @Bean
    PassiveReplies passiveReplies(
            DatabaseClient database,
            TransactionalOperator transaction,
            Channels channels,
            Changes changes,
            StoredContent stored,
            Pulse pulse,
            OutboundSettings settings,
            Clock clock) {
        return new PassiveReplies(
                database, transaction, channels, changes, stored, pulse, settings, asStored(clock));
    }

    @Bean
    Receipts receipts(
            DatabaseClient database, Changes changes, OutboundSettings settings, Clock clock) {
        return new Receipts(database, changes, settings, asStored(clock));
    }

    @Bean
    Deliveries deliveries(
            DatabaseClient database,
            TransactionalOperator transaction,
            Channels channels,
            Changes changes,
            StoredContent stored,
            OutboundSettings settings,
            Clock clock) {
        return new Deliveries(
                database, transaction, channels, changes, stored, settings, asStored(clock));
    }

    @Bean
    Circuits circuits(
            DatabaseClient database, Pulse pulse, OutboundSettings settings, Clock clock) {
        return new Circuits(database, pulse, settings, asStored(clock));
    }

    @Bean
    Leases leases(
            DatabaseClient database,
            TransactionalOperator transaction,
            Changes changes,
            StoredContent stored,
            OutboundSettings settings,
            Clock clock) {
        return new Leases(database, transaction, changes, stored, settings, asStored(clock));
    }

    @Bean
    OutboundMetrics outboundMetrics(
            MeterRegistry registry,
            DatabaseClient database,
            Circuits circuits,
            Contacts contacts,
            Clock clock) {
        return new OutboundMetrics(registry, database, circuits, contacts, clock);
    }

    @Bean
    Pace pace(ObjectProvider<ReactiveStringRedisTemplate> redis, Clock clock) {
        var alone = new LocalPace();
        var shared = redis.getIfAvailable();
        return shared == null ? alone : new SharedPace(shared, alone, clock);
    }

    @Bean
    Sender sender(
            DatabaseClient database,
            Leases leases,
            Changes changes,
            Circuits circuits,
            Receipts receipts,
            Channels channels,
            Pace pace,
            Pulse pulse,
            OutboundMetrics metrics,
            OutboundSettings settings,
            Clock clock) {
        var concurrency = new Concurrency(settings, channels);
        var outgoing = new Outgoing(concurrency, pulse);
        var due = new DueDeliveries(database, concurrency, asStored(clock));
        return new Sender(
                new Round(due, leases, circuits, channels, pace, outgoing, metrics),
                leases,
                new Outcomes(changes, circuits, settings, asStored(clock)),
                receipts,
                circuits,
                channels,
                outgoing,
                pulse,
                metrics,
                settings);
    }

    @Bean
    Sweep sweep(
            Changes changes,
            Circuits circuits,
            Receipts receipts,
            OutboundMetrics metrics,
            OutboundSettings settings,
            Clock clock) {
        return new Sweep(changes, circuits, receipts, metrics, settings, asStored(clock));
    }

    /** The time as PostgreSQL keeps it, so that what was stored equals what it is compared with. */
    private static Clock asStored(Clock clock) {
        return Clock.tick(clock, ChronoUnit.MICROS.getDuration());
    }
}
