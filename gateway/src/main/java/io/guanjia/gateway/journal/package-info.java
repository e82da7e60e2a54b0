/**
 * Where a message is safe before its platform hears "success".
 *
 * <p>Start at {@link io.guanjia.gateway.journal.Journal}; {@link
 * io.guanjia.gateway.journal.SpoolingJournal} is the one that runs, and says which order it keeps.
 * Only {@code KafkaJournal} (writes), {@code KafkaFeed} (reads), {@code JournalTopic} (makes the
 * topic) and {@code JournalConfiguration} know Kafka, and of them only {@code KafkaFeed} knows
 * reactor-kafka, which is no longer developed. {@link io.guanjia.gateway.journal.Spool} keeps what
 * Kafka will not take.
 */
@NullMarked
package io.guanjia.gateway.journal;

import org.jspecify.annotations.NullMarked;
