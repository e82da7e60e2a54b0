package io.guanjia.gateway.journal;

import io.guanjia.gateway.BackgroundWork;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Makes the topic if it is not there, such that one replica may be away: a record is confirmed once
 * all but one have it. Goes on trying in the background while Kafka is away: the gateway starts
 * without it and spools. A topic that is there is left as it is: with other partitions, a sender's
 * messages would move to another one and overtake each other.
 */
final class JournalTopic extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(JournalTopic.class);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** The first failure is told, and then one in so many: about every five minutes. */
    private static final int TELL_EVERY = 150;

    private final JournalSettings settings;
    private final Map<String, Object> kafka;

    JournalTopic(JournalSettings settings, Map<String, Object> kafka) {
        this.settings = settings;
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        this.kafka.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    }

    private void make() {
        var topic =
                new NewTopic(settings.topic(), settings.partitions(), settings.replicas())
                        .configs(
                                Map.of(
                                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                                        Integer.toString(Math.max(1, settings.replicas() - 1))));
        try (var admin = Admin.create(kafka)) {
            if (isNew(topic, admin)) {
                log.info("Made the journal's topic {}", settings.topic());
            } else {
                warnOfOtherPartitions(admin);
            }
        } catch (ExecutionException e) {
            throw new JournalUnavailable("the topic could not be made", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isNew(NewTopic topic, Admin admin)
            throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private void warnOfOtherPartitions(Admin admin)
            throws ExecutionException, InterruptedException {
        var found = admin.describeTopics(List.of(settings.topic())).allTopicNames().get();
        for (var topic : found.values()) {
            var partitions = topic.partitions().size();
            if (partitions != settings.partitions()) {
                log.warn(
                        "The journal's topic {} has {} partitions and not the {} of"
                                + " guanjia.journal.partitions; more nodes than it has partitions"
                                + " cannot share the work",
                        topic.name(),
                        partitions,
                        settings.partitions());
            }
        }
    }

    private static void logRarely(Retry.RetrySignal signal) {
        if (signal.totalRetries() % TELL_EVERY == 0) {
            var failure = signal.failure();
            var cause = failure.getCause() == null ? failure : failure.getCause();
            log.warn("Cannot make the journal's topic, trying on: {}", cause.toString());
        }
    }

    @Override
    protected Mono<?> work() {
        return Mono.fromRunnable(this::make)
                .subscribeOn(Schedulers.boundedElastic())
                .retryWhen(
                        Retry.fixedDelay(Long.MAX_VALUE, PAUSE)
                                .doBeforeRetry(JournalTopic::logRarely));
    }

    @Override
    public int getPhase() {
        return -100;
    }
}
