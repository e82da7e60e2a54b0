/**
 * Where a message is safe before its platform hears "success".
 *
 * <p>Start at {@link io.guanjia.gateway.journal.Journal}. {@link
 * io.guanjia.gateway.journal.KafkaJournal} and {@link io.guanjia.gateway.journal.KafkaFeed} are the
 * only two classes that know Kafka: reactor-kafka is no longer developed, and replacing it is to
 * touch this package alone. {@link io.guanjia.gateway.journal.Spool} keeps what Kafka will not
 * take.
 */
@NullMarked
package io.guanjia.gateway.journal;

import org.jspecify.annotations.NullMarked;
