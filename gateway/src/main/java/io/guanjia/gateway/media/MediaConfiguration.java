package io.guanjia.gateway.media;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.live.Doorbell;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.concurrent.Executors;

/** Puts the keeping and the fetching of files together. Needs a database and a clock. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MediaSettings.class)
public class MediaConfiguration {

    /** Disk and name servers make threads wait; virtual ones do not mind. */
    @Bean(destroyMethod = "dispose")
    Scheduler mediaThreads() {
        return Schedulers.fromExecutorService(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("media-", 0).factory()),
                "media");
    }

    @Bean
    Shelf mediaShelf(
            MediaSettings settings, Clock clock, @Qualifier("mediaThreads") Scheduler threads) {
        var s3 = settings.s3();
        return s3 == null ? new FolderShelf(settings.folder(), threads) : new S3Shelf(s3, clock);
    }

    @Bean
    MediaFolder mediaFolder(
            DatabaseClient database,
            Shelf shelf,
            MediaSettings settings,
            Ids ids,
            Clock clock,
            @Qualifier("mediaThreads") Scheduler threads) {
        return new MediaFolder(database, shelf, settings, ids, clock, threads);
    }

    @Bean
    StrayFiles strayFiles(
            DatabaseClient database, Shelf shelf, MediaSettings settings, Clock clock) {
        return new StrayFiles(database, shelf, settings.linkLife(), clock);
    }

    @Bean
    UnfinishedFiles unfinishedFiles(
            MediaSettings settings, Clock clock, @Qualifier("mediaThreads") Scheduler threads) {
        return new UnfinishedFiles(settings, clock, threads);
    }

    @Bean
    SignedLinks signedLinks(MediaSettings settings, Clock clock) {
        return new SignedLinks(settings, clock);
    }

    @Bean
    SafeFetch safeFetch(MediaSettings settings, @Qualifier("mediaThreads") Scheduler threads) {
        return new SafeFetch(HostNames.ofThisMachine(threads), settings);
    }

    @Bean
    MediaIntake mediaIntake(
            DatabaseClient database,
            Channels channels,
            MediaFolder folder,
            MediaSettings settings,
            Doorbell doorbell,
            JsonMapper json,
            Clock clock) {
        return new MediaIntake(
                new AwaitedFiles(database, json, clock),
                channels,
                folder,
                settings,
                doorbell,
                clock,
                MediaIntake.LONGEST);
    }
}
