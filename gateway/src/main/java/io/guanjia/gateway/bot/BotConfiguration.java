package io.guanjia.gateway.bot;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.time.Clock;

/** Puts the bot together. Start fails where the knowledge can't serve. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BotSettings.class)
class BotConfiguration {

    /** As many threads as cores: understanding takes CPU, and more threads would only share it. */
    @Bean(destroyMethod = "dispose")
    Scheduler botScheduler(BotSettings settings) {
        var cores = Runtime.getRuntime().availableProcessors();
        return Schedulers.newBoundedElastic(
                cores, Math.ceilDiv(settings.waiting(), cores), "bot", 60, true);
    }

    @Bean(initMethod = "start")
    LiveKnowledge liveKnowledge(BotSettings settings, Clock clock) {
        return new LiveKnowledge(
                new KnowledgeFolder(settings.knowledge()),
                BgeEncoder::shared,
                settings.vectors() == null ? null : new VectorFile(settings.vectors()),
                settings.reloadEvery(),
                clock);
    }

    @Bean
    Bot bot(BotSettings settings, LiveKnowledge knowledge, Scheduler botScheduler) {
        return new KnowledgeBot(knowledge, settings.judgement(), botScheduler);
    }

    /** Out of service while the model loads; a node without its bot can still reach people. */
    @Bean
    HealthIndicator botHealthIndicator(KnowledgeStatus knowledge) {
        return new BotHealth(knowledge);
    }
}
