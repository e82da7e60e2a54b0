package io.guanjia.trials.process;

import io.guanjia.gateway.journal.Journal;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import reactor.core.publisher.Mono;

import java.nio.file.Path;
import java.time.Clock;

/**
 * What a trial changes about a node.
 *
 * <ul>
 *   <li>{@code trials.journal=none}: nothing is kept, every record counts as durable at once.
 *   <li>{@code trials.feed=off}: nobody works on what the journal holds.
 *   <li>{@code trials.clock=<file>}: the clock is ahead by what the file says, see {@link
 *       ShiftedClock}.
 * </ul>
 */
final class TrialWiring {

    private TrialWiring() {}

    static void apply(ConfigurableApplicationContext started) {
        var context = (GenericApplicationContext) started;
        var settings = context.getEnvironment();
        if ("none".equals(settings.getProperty("trials.journal"))) {
            Journal keepsNothing = records -> Mono.empty();
            primary(context, Journal.class, keepsNothing);
        }
        if ("off".equals(settings.getProperty("trials.feed"))) {
            context.addBeanFactoryPostProcessor(without("kafkaFeed"));
        }
        var clock = settings.getProperty("trials.clock");
        if (clock != null) {
            primary(context, Clock.class, new ShiftedClock(Clock.systemUTC(), Path.of(clock)));
        }
    }

    private static <T> void primary(GenericApplicationContext context, Class<T> type, T bean) {
        context.registerBean(
                "trial" + type.getSimpleName(),
                type,
                () -> bean,
                definition -> definition.setPrimary(true));
    }

    /** Only once all definitions are there can one of them be taken away. */
    private static BeanFactoryPostProcessor without(String bean) {
        return factory -> ((BeanDefinitionRegistry) factory).removeBeanDefinition(bean);
    }
}
