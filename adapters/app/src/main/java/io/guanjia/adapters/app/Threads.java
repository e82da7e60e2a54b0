package io.guanjia.adapters.app;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * What each customer sees, numbered 1, 2, 3 … without a gap. A line is durable before anybody is
 * told of it, and never moves; what it says changes only where it is taken back.
 */
interface Threads {

    /**
     * Makes a message of ours a line, after those of the customer's own that came before it.
     * Repeating is harmless.
     */
    Mono<Appended> append(OutboundMessage message);

    /** Makes lines of what a customer has said since, if anything. */
    Mono<Void> gather(Address customer);

    /** Where a customer stands; nothing yet for one we have never heard of. */
    Mono<Standing> standing(Address customer);

    /** Someone of the company's login is here. They are a party from then on, with that name. */
    Mono<Void> meet(Address customer, @Nullable String name);

    /** Lines after one, oldest first. */
    Mono<List<Line>> after(Address customer, long sequence, int limit);

    /** Lines before one, oldest first. */
    Mono<List<Line>> before(Address customer, long sequence, int limit);

    /** What we know of a customer. */
    Mono<Acquaintance> acquaintance(Address customer);

    /**
     * To which of their addresses something goes that a customer says: to the conversation that is
     * going on with them, be it one that they began before they logged in.
     *
     * @param id the message's: where it has been before, it goes again
     */
    Mono<Address> route(Address customer, String id);

    /**
     * A visitor turns out to be somebody: what they saw and see becomes part of that customer's
     * thread. Emits whether a conversation of the visitor's goes on; empty where the visitor is
     * somebody else already.
     */
    Mono<Boolean> link(Address visitor, Address customer, @Nullable String name);

    /** Who of these conversations' customers sees what happens in them. */
    Flux<Seen> seenBy(Collection<UUID> conversations);

    /** Whose thread a visitor's lines are in. */
    Mono<Address> ownerOf(Address party);

    /** Conversations of ours that have changed in the last seconds. */
    Flux<Changed> changedLately();

    /** Lines up to one that were taken back, some hundred of the latest at most. */
    Mono<List<Long>> recalled(Address customer, long upTo);

    /** Lines that were taken back in the last seconds, by whoever sees them. */
    Flux<Recalled> recalledLately();

    /** The messages of ours up to a line which a customer has not confirmed, or not read, yet. */
    Mono<List<Unconfirmed>> unconfirmed(Address customer, long upTo, boolean read);

    /** A customer has confirmed, or read, everything up to a line. */
    Mono<Void> confirm(Address customer, long upTo, boolean read);

    /** How far a conversation is, which grows with every change. */
    record Changed(UUID conversation, long revision) {}

    /**
     * A line that was added, or had been before.
     *
     * @param owner who sees it
     */
    record Appended(UUID conversation, Address owner, long sequence) {}

    /**
     * Where a customer stands.
     *
     * @param last their latest line; 0 for none
     * @param read up to which line they have read
     * @param name what we call them, if anything
     * @param somebodyElse whether this visitor has logged in since
     * @param known whether we have heard of them before
     */
    record Standing(
            long last, long read, @Nullable String name, boolean somebodyElse, boolean known) {

        static final Standing NEW = new Standing(0, 0, null, false, false);
    }

    /**
     * What we know of a customer.
     *
     * @param known whether we have heard of them before
     * @param name what we call them, if anything
     * @param linked whether a visitor turned out to be them, at any time
     */
    record Acquaintance(boolean known, @Nullable String name, boolean linked) {

        /** Whether there is nothing new to learn from who says that this is their name. */
        boolean goesBy(@Nullable String theirs) {
            return theirs == null || (known && theirs.equals(name));
        }
    }

    /**
     * What a customer sees of one message.
     *
     * @param clientId the client's own id, for what the customer said
     * @param from {@code customer}, {@code bot}, {@code agent} or {@code system}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            long sequence,
            UUID id,
            @Nullable String clientId,
            String from,
            @Nullable String name,
            JsonNode content,
            Instant at) {}

    record Seen(UUID conversation, Address by) {}

    /** A line that was taken back. */
    record Recalled(Address by, long sequence) {}

    /** A message of ours, by the id of its delivery. */
    record Unconfirmed(Address to, String delivery) {}
}
