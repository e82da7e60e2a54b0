package io.guanjia.adapters.wecom.contact;

import io.guanjia.adapters.wecom.task.SendTasks;
import io.guanjia.adapters.wecom.task.TaskPolls;
import io.guanjia.adapters.wecom.task.TaskStore;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.channel.SharedQuotas;
import io.guanjia.gateway.channel.SharedTokens;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import java.time.Clock;

/** Adds the channel to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(WecomSettings.class)
public class WecomConfiguration {

    @Bean(destroyMethod = "close")
    WecomChannel wecomChannel(
            WecomSettings settings,
            SharedTokens tokens,
            MediaStore files,
            OneTimeCodes codes,
            SharedQuotas quotas,
            TaskStore wecomTaskStore,
            Clock clock) {
        return new WecomChannel(
                settings.accounts(), tokens, files, codes, quotas, wecomTaskStore, clock);
    }

    @Bean
    TaskStore wecomTaskStore(
            DatabaseClient database, TransactionalOperator transactions, Clock clock) {
        return TaskStore.in(database, transactions, clock);
    }

    @Bean
    SendTasks wecomSendTasks(WecomChannel channel) {
        return channel.tasks();
    }

    @Bean
    TaskPolls wecomTaskPolls(
            WecomChannel channel, TaskStore wecomTaskStore, Intake intake, Clock clock) {
        return new TaskPolls(channel, wecomTaskStore, intake, WecomChannel.NAME, clock);
    }
}
