package io.guanjia.gateway.journal;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings under {@code guanjia.journal}.
 *
 * @param topic the Kafka topic; made at the start if it is not there
 * @param partitions how many it is made with; also the most nodes that can share the work
 * @param replicas copies of each partition when it is made; three in production
 * @param group the consumer group that all nodes join
 * @param timeout how long the broker may take to confirm before the spool takes over; less than
 *     {@code 4s}, so that with the second that the disk has it is within the five that platforms
 *     wait
 * @param linger how long the producer waits for company, which costs every message that much. What
 *     comes while a request is under way goes together anyway, so there is seldom a reason. What it
 *     leaves of {@code timeout} is the time that the broker has
 * @param batch most records worked on at once
 * @param lanes how many transactions a node works on side by side, at the most; a small batch is
 *     one
 * @param spool where records go while Kafka is away. Each node needs its own, on a disk of its own
 *     if possible
 * @param spoolLimit most bytes in it; past that the platforms are told to try again
 */
@Validated
@ConfigurationProperties("guanjia.journal")
public record JournalSettings(
        @DefaultValue("guanjia.inbound") @NotBlank String topic,
        @DefaultValue("12") @Min(1) int partitions,
        @DefaultValue("1") @Min(1) short replicas,
        @DefaultValue("guanjia") @NotBlank String group,
        @DefaultValue("1500ms") Duration timeout,
        @DefaultValue("0ms") Duration linger,
        @DefaultValue("500") @Min(1) int batch,
        @DefaultValue("8") @Min(1) int lanes,
        @DefaultValue("data/spool") Path spool,
        @DefaultValue("1GB") DataSize spoolLimit) {

    private static final Duration TOO_LONG = Duration.ofSeconds(4);

    /** Room for a few of the largest callbacks. */
    private static final DataSize LEAST_SPOOL = DataSize.ofMegabytes(1);

    public JournalSettings {
        if (timeout.toMillis() < 1 || timeout.compareTo(TOO_LONG) >= 0) {
            throw new IllegalArgumentException(
                    "guanjia.journal.timeout must be at least 1ms and below 4s, such as 1500ms");
        }
        if (linger.isNegative() || linger.toMillis() >= timeout.toMillis()) {
            throw new IllegalArgumentException(
                    "guanjia.journal.linger must be 0ms or more and below"
                            + " guanjia.journal.timeout, such as 2ms");
        }
        if (spoolLimit.compareTo(LEAST_SPOOL) < 0) {
            throw new IllegalArgumentException(
                    "guanjia.journal.spool-limit must be 1MB or more, such as 1GB");
        }
    }
}
