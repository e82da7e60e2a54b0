package io.guanjia.adapters.sms.cmpp;

import io.guanjia.gateway.channel.Intake;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import java.time.Clock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Adds the channel to an application that has this module on its path. */
@AutoConfiguration
@EnableConfigurationProperties(CmppSettings.class)
public class CmppConfiguration {

    @Bean(destroyMethod = "close")
    CmppChannel cmppChannel(
            CmppSettings settings,
            Intake intake,
            Clock clock,
            DatabaseClient database,
            TransactionalOperator transactions,
            ObjectProvider<ReactiveStringRedisTemplate> redis) {
        var shared = redis.getIfAvailable();
        Function<String, SharedParts> parts =
                account -> shared == null ? SharedParts.NONE : new RedisParts(shared, account);
        return new CmppChannel(
                settings.accounts(),
                new CarrierAccount.Surroundings(
                        intake,
                        clock,
                        new ArrivedParts(database, transactions, clock),
                        parts,
                        UnaryOperator.identity()));
    }
}
