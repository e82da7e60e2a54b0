package io.guanjia.contract;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a channel's own test says of its platform, for the contract to hold the channel to.
 *
 * <p>What every channel has is abstract. What only some have, by what they declare, fails where a
 * channel declares it and does not say how its platform does it.
 */
abstract class ChannelUnderTest {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Instant SAID = Instant.parse("2026-03-02T08:30:15Z");

    // --- Who ------------------------------------------------------------------------------------

    /** With one account, as an application has it. */
    protected abstract Channel channel();

    /** The account's name. */
    protected abstract String account();

    /** A party as this channel names one. */
    protected abstract String party();

    /** Nobody reads any of these anywhere. */
    protected abstract List<String> secrets();

    // --- What comes in --------------------------------------------------------------------------

    /**
     * Words of {@link #party()}.
     *
     * @param number which of the party's messages it is; platforms that number messages go by it
     */
    public record Said(String words, Instant at, int number) {}

    /** What the channel makes of it, by its own reading of what the platform would bring. */
    protected abstract List<? extends Inbound> hears(Said said);

    /** The same once more, in the way in which this platform repeats itself. */
    protected abstract List<? extends Inbound> hearsAgain(Said said);

    /** A message of a type that nobody has heard of. */
    protected abstract List<? extends Inbound> hearsUnknownType(Said said);

    /**
     * Something that {@link #party()} did rather than said, which the platform gives no id where it
     * gives events none. Asked of every channel that declares to receive events.
     */
    protected List<? extends Inbound> happens(Instant at) {
        throw new AssertionError("events are declared to be received, and no sample of one");
    }

    /**
     * Something else that {@link #party()} did, such as to tap on the menu right after following.
     * Asked together with {@link #happens}.
     */
    protected List<? extends Inbound> happensToo(Instant at) {
        throw new AssertionError("events are declared to be received, and no second sample");
    }

    /**
     * What {@link #party()} did that lets us write to them. Asked for every trigger that a reply
     * window of the account begins with.
     */
    protected List<? extends Inbound> opens(Trigger trigger) {
        if (trigger == Trigger.MESSAGE) {
            return hears(new Said("在吗", SAID, 7));
        }
        throw new AssertionError("declared to open a window, and no sample of it: " + trigger);
    }

    /**
     * What the channel makes of something of this kind, neither {@link Kind#TEXT} nor {@link
     * Kind#EVENT}, as the platform brings it. Asked for every kind that it declares to receive.
     */
    protected List<? extends Inbound> brings(Kind kind) {
        throw new AssertionError("declared to be received, and no sample of it: " + kind);
    }

    /**
     * The platform's word on a message of ours that it took. Asked for every report that the
     * channel declares but that on having taken it.
     *
     * @param sending sends {@link #reportedOn} and returns the id by which the platform took it
     */
    protected List<? extends Inbound> reports(Receipt.Outcome outcome, Supplier<String> sending) {
        throw new AssertionError("declared to be reported, and no sample of it: " + outcome);
    }

    /** How finely the platform tells the time. */
    protected ChronoUnit tick() {
        return ChronoUnit.SECONDS;
    }

    /** How a platform makes sure that a callback address is ours. */
    public sealed interface AddressCheck {}

    /**
     * The check of a callback address.
     *
     * @param check a genuine one
     * @param answer what the platform wants to hear
     * @param forged one that is not genuine
     */
    public record Handshake(Callback check, String answer, Callback forged)
            implements AddressCheck {}

    /** This platform makes no such check, so that whoever does is refused. */
    public record NoHandshake() implements AddressCheck {}

    protected abstract AddressCheck handshake();

    /**
     * Something that has to be refused.
     *
     * @param what for the test's words
     * @param attempt fails with a refusal
     * @param refusal of exactly this type
     */
    public record Attempt(String what, Runnable attempt, Class<? extends Throwable> refusal) {}

    /** By which the platform is believed, and others are not. */
    protected abstract Proof proof();

    /**
     * What the platform calls with when that is said. Asked of every channel whose callbacks prove
     * themselves.
     */
    protected Callback calls(Said said) {
        throw new AssertionError("callbacks prove themselves, and no sample of one");
    }

    /** What could be forged besides, beyond what the contract makes of {@link #proof}. */
    protected List<Attempt> furtherForgeries() {
        return List.of();
    }

    /** What is no message at all: not the format, an empty body, far too deep. */
    protected abstract List<Attempt> garbage();

    /** A callback as an attempt. */
    protected final Attempt callback(String what, Callback callback) {
        return new Attempt(
                what, () -> channel().read(callback).block(PATIENCE), CallbackRejected.class);
    }

    // --- What goes out --------------------------------------------------------------------------

    /** From now on the platform takes everything. */
    protected abstract void platformTakes();

    /** How many messages the platform has taken so far. */
    protected abstract int taken();

    /**
     * From now on the platform takes so many messages that need a reply window, and then no more
     * until the customer writes. Asked of every channel that has reply windows.
     */
    protected void windowTakes(int messages) {
        throw new AssertionError("has reply windows, and no word of how its platform counts");
    }

    /**
     * From now on the platform takes only what it takes for a customer who has not written in time.
     * Asked of every channel that has reply windows.
     */
    protected void windowCloses() {
        throw new AssertionError("has reply windows, and no word of how its platform closes them");
    }

    /** By which messages go out. */
    protected abstract Line line();

    /** The codes by which the platform says no. */
    protected abstract ErrorCodes errorCodes();

    /**
     * A way in which sending fails, from the platform's documents.
     *
     * @param what the platform's own word, such as 45009
     * @param arrange makes the platform answer so from now on
     * @param becomes what we make of it, exactly
     */
    public record Failure(
            String what, Runnable arrange, Class<? extends DeliveryException> becomes) {}

    protected abstract List<Failure> failures();

    /**
     * The kinds of {@link DeliveryException} that this platform cannot cause, each with the reason.
     */
    protected Map<Class<? extends DeliveryException>, String> impossible() {
        return Map.of();
    }

    /** The reply windows, from the platform's documents. */
    protected abstract Set<WindowRule> windows();

    // --- Samples --------------------------------------------------------------------------------

    /** Something of that kind, small enough for any channel. */
    protected Content sample(Kind kind) {
        return kind == Kind.NATIVE ? nativeSample() : SampleContent.of(kind);
    }

    /** Something only this channel has. To be given by channels that send {@link Kind#NATIVE}. */
    protected Content nativeSample() {
        return SampleContent.of(Kind.NATIVE);
    }

    /** Content of a kind that goes by more ways than one, for the ways {@link #sample} misses. */
    protected List<Content> furtherSamples() {
        return List.of();
    }

    /** What the platform's reports are about; some platforms report on some messages only. */
    protected OutboundMessage reportedOn() {
        return message(sample(Kind.TEXT));
    }

    /** The APIs that a message may need besides the one that it goes by, by our short names. */
    protected Set<String> otherApis() {
        return Set.of();
    }

    protected final Address address() {
        return new Address(channel().name(), account(), party());
    }

    protected final OutboundMessage message(Content content) {
        return new OutboundMessage(UUID.randomUUID().toString(), address(), Author.BOT, content);
    }

    final ChannelAccount described() {
        return channel().accounts().stream()
                .filter(one -> one.name().equals(account()))
                .findFirst()
                .orElseThrow();
    }

    final Capabilities capabilities() {
        return described().capabilities();
    }
}
