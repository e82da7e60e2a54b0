package io.guanjia.embedded;

/** Which deaths a write that PostgreSQL or Kafka acknowledged outlives. */
public enum Durability {

    /**
     * PostgreSQL's outlive the machine's, Kafka's any process's. Kafka leaves syncing to the
     * system, as it does in a cluster, where other machines hold copies.
     */
    AS_IN_PRODUCTION,

    /**
     * Both outlive the machine's: Kafka, too, syncs before it acknowledges. With twelve partitions
     * that took a broker from 70 000 messages a second to 3 000.
     */
    POWER_LOSS,

    /** Both outlive any process's, but not the machine's. Quicker, and enough for most tests. */
    PROCESS_DEATH
}
