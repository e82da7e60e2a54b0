package io.guanjia.gateway.channel;

import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * A social channel as the gateway sees it: something that can be read and written.
 *
 * <p>A channel translates; it does not decide. Deduplication, ordering, retries, windows, pace and
 * quiet hours belong to the gateway, so they are written once and every channel gets them. A bean
 * of this type is all it takes to add a channel.
 */
public interface Channel {

    /** The name used in callback paths and stored with every message, such as {@code wecom-kf}. */
    String name();

    /**
     * Our accounts on this channel as they are now. May differ from call to call, and is asked for
     * every message: to be kept, not made anew each time.
     */
    Collection<ChannelAccount> accounts();

    /**
     * Answers the one-off check a channel makes when its callback address is set. Fails with {@link
     * CallbackRejected}.
     */
    Mono<CallbackResponse> handshake(Callback callback);

    /**
     * Verifies a callback and returns what it brings, oldest first; nothing for a bare
     * acknowledgement. Never blocks and touches no network. Fails with {@link CallbackRejected}.
     */
    Mono<Reading> read(Callback callback);

    /**
     * The code that came with a message and lets us answer it in a special way for a short time,
     * such as a {@code welcome_code}. Asked once the journal has the message; {@link OneTimeCodes}
     * then keep it for whoever answers.
     */
    default Optional<OneTimeCodes.Code> codeOf(InboundMessage message) {
        return Optional.empty();
    }

    /**
     * Whether one of our accounts can say exactly this, as it is set up now, where {@link
     * ChannelAccount#capabilities} alone do not tell. What it cannot is said in the nearest way, or
     * refused before anybody believes it is on its way.
     */
    default boolean canSay(String account, Content content) {
        return true;
    }

    /**
     * What the platform has to be told when a conversation of this account changes hands, in words
     * of the channel's own; empty where it need not know. Goes out like a message, after what was
     * said before, and shows the customer nothing. An account that has something to tell of {@link
     * Handing#TO_COLLEAGUE} has its people in the platform's own client: its customers do not wait
     * at the desk.
     */
    default Optional<Content.Native> told(String account, Handing handing) {
        return Optional.empty();
    }

    /**
     * By which of the platform's APIs this content goes. Pace and circuits are kept for each, and
     * only what {@link Route#usesWindow} draws on the customer's reply window.
     */
    Route route(Content content);

    /**
     * The same, where it depends on whom it goes to, too, or on who says it. Once it is decided, a
     * delivery keeps it.
     */
    default Route route(OutboundMessage message) {
        return route(message.content());
    }

    /**
     * How many of the platform's calls it takes to say this, which is what {@link
     * ChannelAccount#pace} counts; at least 1.
     */
    default int calls(String account, Content content) {
        return 1;
    }

    /**
     * Whether this node is kept from an account's platform at present, while others may not be,
     * such as by a login that is refused: then messages are left to them, or wait. Asked for every
     * round, and answered from memory.
     */
    default boolean isCutOff(String account) {
        return false;
    }

    /**
     * Delivers one message and emits the channel's id for it. Tries once, apart from refreshing a
     * stale access token. Fails only with {@link DeliveryException}.
     */
    Mono<Accepted> deliver(OutboundMessage message);

    /**
     * Takes back a message that the platform took. Only asked for where {@link Capabilities#recall}
     * says that it can be, and in time. Repeating is harmless. Fails only with {@link
     * DeliveryException}.
     *
     * @param deliveryId as in {@link OutboundMessage}
     * @param accepted what {@link #deliver} emitted
     */
    default Mono<Void> recall(Address to, String deliveryId, Accepted accepted) {
        return Mono.error(new DeliveryException.Refused("this channel takes nothing back"));
    }

    /** What the channel itself knows of an account's health; nothing where it knows of nothing. */
    default Flux<HealthSign> health(String account) {
        return Flux.empty();
    }

    /**
     * What the platform says is left of what it allows an account, in calls or in messages that are
     * paid for; nothing where it does not say.
     */
    default Flux<CallsLeft> callsLeft(String account) {
        return Flux.empty();
    }

    /** Shows or hides the sign that somebody is typing. Does nothing where a channel has none. */
    default Mono<Void> typing(Address to, boolean on) {
        return Mono.empty();
    }

    /**
     * Hands a file that a party sent to {@code use}, while the platform still has it, and emits
     * what that makes of it. Contacts the platform and public addresses only, whatever the message
     * said. Fails with {@link MediaUnavailable}, or as {@code use} does.
     */
    default <T> Mono<T> fetch(Address from, Media media, Function<MediaStream, Mono<T>> use) {
        return Mono.error(new MediaUnavailable("this channel has no files", true));
    }

    /**
     * One way out.
     *
     * @param api our short name for the platform's API, such as {@code custom-send}; the same names
     *     as in {@link ChannelAccount#pace} and {@link DeliveryException.Blocked#api}
     */
    record Route(String api, boolean usesWindow) {}

    /**
     * The platform took a message.
     *
     * @param platformId what a later {@code Receipt} will name, empty where there will be none
     */
    record Accepted(String platformId) {}
}
