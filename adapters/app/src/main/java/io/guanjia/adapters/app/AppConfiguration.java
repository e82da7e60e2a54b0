package io.guanjia.adapters.app;

import io.guanjia.adapters.app.AppChannel.TypingSign;
import io.guanjia.gateway.Ids;
import io.guanjia.gateway.channel.CustomerTyping;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.live.Gossip;
import io.guanjia.gateway.media.MediaFolder;
import io.guanjia.gateway.message.Address;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;

/** Adds the channel and its door to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(AppSettings.class)
public class AppConfiguration {

    private static final String TYPING = "guanjia:app:typing";
    private static final String LINKS = "guanjia:app:links";

    @Bean
    Threads appThreads(
            DatabaseClient database,
            TransactionalOperator transactions,
            JsonMapper mapper,
            Ids ids,
            Clock clock) {
        return new StoredThreads(database, transactions, mapper, ids, clock);
    }

    @Bean
    Presence appPresence(ReactiveStringRedisTemplate redis) {
        return new Presence(redis);
    }

    @Bean
    Gossip<TypingSign> appTyping(ReactiveStringRedisTemplate redis, JsonMapper mapper) {
        return new Gossip<>(redis, mapper, TYPING, TypingSign.class);
    }

    @Bean
    Pushes appPushes(DatabaseClient database, Clock clock) {
        return new StoredPushes(database, clock);
    }

    @Bean
    PushCounts appPushCounts(MeterRegistry meters) {
        return new PushCounts(meters);
    }

    @Bean
    Pushing appPushing(
            AppChannel channel, Pushes pushes, Presence presence, PushCounts counts, Clock clock) {
        return new Pushing(channel, pushes, presence, counts, clock);
    }

    @Bean(destroyMethod = "close")
    AppChannel appChannel(
            AppSettings settings,
            Threads threads,
            Presence presence,
            Pushes pushes,
            PushCounts counts,
            Doorbell doorbell,
            Gossip<TypingSign> typing,
            JsonMapper mapper,
            Clock clock) {
        return new AppChannel(
                settings.accounts(),
                threads,
                presence,
                pushes,
                counts,
                doorbell,
                typing,
                mapper,
                clock);
    }

    @Bean
    Uploads appUploads(DatabaseClient database, MediaFolder folder, Clock clock) {
        return new StoredUploads(database, folder::findToSend, clock);
    }

    @Bean
    Acquaintances appAcquaintances(
            Threads threads, ReactiveStringRedisTemplate redis, JsonMapper mapper) {
        return new Acquaintances(threads, new Gossip<>(redis, mapper, LINKS, Address.class));
    }

    @Bean
    Inbox appInbox(
            Intake intake,
            Threads threads,
            Acquaintances acquaintances,
            Uploads uploads,
            Clock clock) {
        return new Inbox(intake, threads, acquaintances, uploads, clock);
    }

    @Bean
    AppHub appHub(
            AppChannel channel,
            Threads threads,
            Inbox inbox,
            Presence presence,
            Gossip<TypingSign> typing,
            CustomerTyping customerTyping,
            Doorbell doorbell,
            AppSettings settings,
            MeterRegistry meters,
            JsonMapper mapper,
            Clock clock) {
        var hub =
                new AppHub(
                        channel,
                        threads,
                        inbox,
                        presence,
                        typing,
                        customerTyping,
                        doorbell,
                        settings.maxSockets(),
                        mapper,
                        clock);
        meters.gauge("guanjia.app.sockets", hub, AppHub::open);
        return hub;
    }

    @Bean
    AppDoor appDoor(
            AppChannel channel,
            AppHub hub,
            Threads threads,
            Acquaintances acquaintances,
            Inbox inbox,
            Uploads uploads,
            MediaFolder folder,
            CustomerTyping typing,
            AppSettings settings,
            Ids ids,
            JsonMapper mapper,
            Clock clock) {
        var visitors = new Visitors(threads, acquaintances, ids, clock);
        return new AppDoor(
                channel,
                new SocketRoute(visitors, hub),
                new RestRoutes(
                        visitors, inbox, threads, typing, new FileRoutes(folder, uploads), mapper),
                PublicFiles.load(demo(settings)),
                mapper);
    }

    private static @Nullable String demo(AppSettings settings) {
        return settings.demo() && !settings.accounts().isEmpty()
                ? settings.accounts().getFirst().name()
                : null;
    }
}
