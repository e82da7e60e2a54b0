package io.guanjia.gateway.journal;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;

/** Wires the journal: Kafka, with a spool in front. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({JournalSettings.class, KafkaProperties.class})
public class JournalConfiguration {

    @Bean
    JournalCodec journalCodec(JsonMapper json) {
        return new JournalCodec(json);
    }

    @Bean(destroyMethod = "close")
    KafkaJournal kafkaJournal(JournalSettings settings, KafkaProperties kafka) {
        return new KafkaJournal(settings, kafka.buildProducerProperties());
    }

    @Bean(destroyMethod = "close")
    SpoolingJournal journal(
            JournalSettings settings, KafkaJournal kafka, JournalCodec codec, MeterRegistry meters)
            throws IOException {
        return new SpoolingJournal(
                kafka,
                codec,
                Spool.open(settings.spool(), settings.spoolLimit().toBytes()),
                settings.timeout(),
                meters);
    }

    @Bean
    KafkaFeed kafkaFeed(JournalSettings settings, JournalReader reader, KafkaProperties kafka) {
        return new KafkaFeed(settings, reader, kafka.buildConsumerProperties());
    }

    @Bean
    JournalTopic journalTopic(JournalSettings settings, KafkaProperties kafka) {
        return new JournalTopic(settings, kafka.buildAdminProperties());
    }
}
