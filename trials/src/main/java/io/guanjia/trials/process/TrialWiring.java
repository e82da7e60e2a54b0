package io.guanjia.trials.process;

import io.guanjia.gateway.journal.Journal;
import io.guanjia.gateway.journal.JournalRecord;
import io.guanjia.gateway.message.InboundMessage;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import reactor.core.publisher.Mono;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;

/**
 * What a trial changes about a node.
 *
 * <ul>
 *   <li>{@code trials.journal=none}: nothing is kept, every record counts as durable at once.
 *   <li>{@code trials.feed=off}: nobody works on what the journal holds.
 *   <li>{@code trials.dedupe=off}: no repeat of a callback is known as one.
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
        if ("off".equals(settings.getProperty("trials.dedupe"))) {
            context.registerBean(
                    "trialJournal",
                    Journal.class,
                    () -> withoutKeys(context.getBean("journal", Journal.class)),
                    definition -> definition.setPrimary(true));
        }
        var clock = settings.getProperty("trials.clock");
        if (clock != null) {
            primary(context, Clock.class, new ShiftedClock(Clock.systemUTC(), Path.of(clock)));
        }
    }

    /** What a repeat is known by is replaced by something that never comes again. */
    private static Journal withoutKeys(Journal journal) {
        return records -> journal.append(records.stream().map(TrialWiring::withoutKey).toList());
    }

    private static JournalRecord withoutKey(JournalRecord journaled) {
        return journaled.inbound() instanceof InboundMessage message
                ? new JournalRecord(
                        new InboundMessage(
                                message.from(),
                                UUID.randomUUID().toString(),
                                message.externalId(),
                                message.content(),
                                message.trigger(),
                                message.sentAt(),
                                message.receivedAt(),
                                message.raw()),
                        journaled.answerBy())
                : journaled;
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
