package io.guanjia.gateway.accounts;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.ManagedAccounts;
import io.guanjia.gateway.outbound.Circuits;
import io.guanjia.gateway.vault.Vault;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.r2dbc.core.DatabaseClient;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Puts the management of accounts together. Needs the channels, a database and Redis. */
@Configuration(proxyBeanMethods = false)
public class AccountsConfiguration {

    @Bean
    LastContact lastContact(DatabaseClient database, Clock clock) {
        return new LastContact(database, clock);
    }

    @Bean
    AccountStore accountStore(DatabaseClient database, JsonMapper json, Ids ids, Clock clock) {
        return new AccountStore(database, json, ids, asStored(clock));
    }

    @Bean
    AccountsInForce accountsInForce(
            ObjectProvider<ManagedAccounts<?>> managed,
            Channels channels,
            AccountStore store,
            Vault vault,
            ReactiveStringRedisTemplate redis) {
        List<ManagedChannel<?>> all =
                managed.orderedStream().<ManagedChannel<?>>map(ManagedChannel::of).toList();
        return new AccountsInForce(all, channels, store, vault, new AccountsBell(redis));
    }

    @Bean
    ChangeAccounts changeAccounts(
            AccountStore store, AccountsInForce inForce, Vault vault, Clock clock) {
        return new ChangeAccounts(store, inForce, vault, asStored(clock));
    }

    @Bean
    Lookout lookout(
            Channels channels,
            AccountsInForce inForce,
            ReactiveStringRedisTemplate redis,
            JsonMapper json) {
        return new Lookout(channels, inForce, new SharedSightings(redis, json));
    }

    @Bean
    HealthReads healthReads(
            DatabaseClient database,
            Channels channels,
            AccountsInForce inForce,
            Lookout lookout,
            LastContact contacts,
            Circuits circuits,
            Clock clock) {
        return new HealthReads(database, channels, inForce, lookout, contacts, circuits, clock);
    }

    @Bean
    HealthWatch healthWatch(HealthReads reads, MeterRegistry registry, Clock clock) {
        return new HealthWatch(reads, registry, clock);
    }

    /** The time as PostgreSQL keeps it. */
    private static Clock asStored(Clock clock) {
        return Clock.tick(clock, ChronoUnit.MICROS.getDuration());
    }
}
