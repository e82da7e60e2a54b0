package io.guanjia.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.downgrade.Downgrade;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The tests that every channel extends: the check of its address, authenticity, duplicates, order,
 * unknown types, the table of errors, windows, what it can carry and what becomes of the rest.
 *
 * <p>A subclass says how its platform does each of these. The channel under test is the real one,
 * the platform a {@link FakePlatform} or another stand-in that speaks its protocol.
 */
public abstract class ChannelContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant SAID = Instant.parse("2026-03-02T08:30:15Z");

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

    /** How finely the platform tells the time. */
    protected ChronoUnit tick() {
        return ChronoUnit.SECONDS;
    }

    /**
     * The check of a callback address.
     *
     * @param check a genuine one
     * @param answer what the platform wants to hear
     * @param forged one that is not genuine
     */
    public record Handshake(Callback check, String answer, Callback forged) {}

    /** Empty for a platform that makes no such check. */
    protected abstract Optional<Handshake> handshake();

    /**
     * Something that has to be refused.
     *
     * @param what for the test's words
     * @param attempt fails with a refusal
     */
    public record Attempt(String what, Runnable attempt) {}

    /** Messages that are not the platform's: not signed, signed by another, altered. */
    protected abstract List<Attempt> forgeries();

    /** What is no message at all: not the format, an empty body, far too deep. */
    protected abstract List<Attempt> garbage();

    /** A callback as an attempt. */
    protected final Attempt callback(String what, Callback callback) {
        return new Attempt(what, () -> channel().read(callback).block(PATIENCE));
    }

    // --- What goes out --------------------------------------------------------------------------

    /** From now on the platform takes everything. */
    protected abstract void platformTakes();

    /** How many messages the platform has taken so far. */
    protected abstract int taken();

    /**
     * One line of the platform's table of errors.
     *
     * @param what the platform's own word, such as 45009
     * @param arrange makes the platform answer so from now on
     * @param becomes what we make of it
     */
    public record Failure(
            String what, Runnable arrange, Class<? extends DeliveryException> becomes) {}

    protected abstract List<Failure> failures();

    /**
     * The kinds of {@link DeliveryException} that this platform cannot cause, each with the reason
     * in a comment.
     */
    protected Set<Class<? extends DeliveryException>> impossible() {
        return Set.of();
    }

    /** The reply windows, from the platform's documents. */
    protected abstract Set<WindowRule> windows();

    // --- The contract ---------------------------------------------------------------------------

    @Test
    void answersTheCheckOfItsAddress() {
        handshake()
                .ifPresent(
                        handshake -> {
                            var answer = channel().handshake(handshake.check()).block(PATIENCE);

                            assertThat(answer).isNotNull();
                            assertThat(new String(answer.body(), UTF_8))
                                    .isEqualTo(handshake.answer());
                        });
    }

    @Test
    void refusesACheckThatIsForged() {
        handshake()
                .ifPresent(
                        handshake -> {
                            var rejected =
                                    catchThrowableOfType(
                                            CallbackRejected.class,
                                            () ->
                                                    channel()
                                                            .handshake(handshake.forged())
                                                            .block(PATIENCE));

                            assertThat(rejected.kind()).isEqualTo(CallbackRejected.Kind.FORBIDDEN);
                        });
    }

    @Test
    void refusesWhatIsForged() {
        assertThat(forgeries()).isNotEmpty();
        for (var forgery : forgeries()) {
            var refusal = catchThrowable(forgery.attempt()::run);

            assertThat(refusal).as(forgery.what()).isNotNull();
            if (refusal instanceof CallbackRejected rejected) {
                assertThat(rejected.kind())
                        .as(forgery.what())
                        .isEqualTo(CallbackRejected.Kind.FORBIDDEN);
            }
            assertThat(refusal.toString()).doesNotContain(secrets());
        }
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThat(garbage()).isNotEmpty();
        for (var nonsense : garbage()) {
            assertThat(catchThrowable(nonsense.attempt()::run)).as(nonsense.what()).isNotNull();
        }
    }

    @Test
    void readsWhatAPartySays() {
        var message = only(hears(new Said("我的信用卡账单什么时候出？", SAID, 1)));

        assertThat(message.from()).isEqualTo(address());
        assertThat(message.content()).isEqualTo(new Content.Text("我的信用卡账单什么时候出？"));
        assertThat(message.raw()).isNotBlank();
        assertThat(message.toString()).doesNotContain(party(), "账单");
    }

    @Test
    void tellsARepeatFromSomethingElse() {
        var first = only(hears(new Said("在吗", SAID, 1)));

        assertThat(only(hearsAgain(new Said("在吗", SAID, 1))).dedupeKey())
                .isEqualTo(first.dedupeKey());
        assertThat(only(hears(new Said("在吗？", SAID, 2))).dedupeKey())
                .isNotEqualTo(first.dedupeKey());
        assertThat(only(hears(new Said("在吗", SAID.plusSeconds(1), 3))).dedupeKey())
                .isNotEqualTo(first.dedupeKey());
    }

    @Test
    void keepsThePlatformsTimeOfWhatComesOutOfOrder() {
        var later = only(hears(new Said("第二句", SAID.plusSeconds(9), 2)));
        var earlier = only(hears(new Said("第一句", SAID, 1)));

        assertThat(earlier.sentAt()).isEqualTo(SAID.truncatedTo(tick()));
        assertThat(later.sentAt()).isEqualTo(SAID.plusSeconds(9).truncatedTo(tick()));
    }

    @Test
    void keepsWhatItDoesNotKnow() {
        var message = only(hearsUnknownType(new Said("？", SAID, 4)));

        assertThat(message.content())
                .isInstanceOfAny(Content.Unreadable.class, Event.Other.class, Content.Native.class);
        assertThat(message.raw()).isNotBlank();
    }

    @Test
    void sendsEveryKindItDeclares() {
        platformTakes();
        for (var kind : capabilities().sends().keySet()) {
            var before = taken();

            var accepted = channel().deliver(message(sample(kind))).block(PATIENCE);

            assertThat(accepted).as(kind.name()).isNotNull();
            assertThat(taken()).as(kind.name()).isEqualTo(before + 1);
        }
    }

    @Test
    void refusesEveryKindItDoesNotDeclare() {
        platformTakes();
        var before = taken();
        for (var kind : Kind.values()) {
            if (kind != Kind.EVENT && !capabilities().canSend(kind)) {
                var failure =
                        catchThrowable(
                                () -> channel().deliver(message(sample(kind))).block(PATIENCE));

                assertThat(failure).as(kind.name()).isInstanceOf(DeliveryException.Refused.class);
            }
        }
        assertThat(taken()).isEqualTo(before);
    }

    @Test
    void knowsWhatToDoAboutEveryError() {
        for (var failure : failures()) {
            failure.arrange().run();

            var thrown =
                    catchThrowable(
                            () -> channel().deliver(message(sample(Kind.TEXT))).block(PATIENCE));

            assertThat(thrown).as(failure.what()).isInstanceOf(failure.becomes());
            assertThat(((DeliveryException) thrown).reason())
                    .as(failure.what())
                    .isNotBlank()
                    .doesNotContain(secrets())
                    .doesNotContain(party());
        }
    }

    @Test
    void knowsAnErrorOfEveryKind() {
        var known = new HashSet<Class<?>>(impossible());
        failures().forEach(failure -> known.add(failure.becomes()));
        var all =
                new ArrayList<Class<?>>(List.of(DeliveryException.class.getPermittedSubclasses()));
        if (windows().isEmpty()) {
            all.remove(DeliveryException.WindowClosed.class);
        }

        assertThat(known).containsAll(all);
    }

    @Test
    void declaresTheWindowsOfItsPlatform() {
        assertThat(described().windows()).containsExactlyInAnyOrderElementsOf(windows());
    }

    @Test
    void pacesOnlyWaysThatItSendsBy() {
        var ways = new HashSet<String>();
        capabilities()
                .sends()
                .keySet()
                .forEach(kind -> ways.add(channel().route(sample(kind)).api()));
        furtherSamples().forEach(content -> ways.add(channel().route(content).api()));

        assertThat(ways).doesNotContain("");
        assertThat(ways).containsAll(described().pace().keySet());
    }

    @Test
    void saysInAnotherWayWhatItCannotCarry() {
        var words = new ResourceBundleMessageSource();
        words.setBasename("customer");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        var downgrade =
                new Downgrade(
                        words,
                        Locale.CHINESE,
                        file -> Optional.of(URI.create("https://bank.example/f/1")));
        var capabilities = capabilities();
        for (var kind : Kind.values()) {
            if (kind == Kind.EVENT || kind == Kind.TEMPLATE || kind == Kind.NATIVE) {
                continue;
            }
            assertThat(downgrade.fit(sample(kind), capabilities))
                    .as(kind.name())
                    .isNotEmpty()
                    .allMatch(capabilities::carries);
        }
        var tooLong = "您的账单已经生成，请按时还款。".repeat(capabilities.text().most() / 8 + 1);
        assertThat(downgrade.fit(new Content.Text(tooLong), capabilities))
                .hasSizeGreaterThan(1)
                .allMatch(capabilities::carries);
    }

    @Test
    void isShownInTheReadmeAsItIs() {
        var row = ReadmeTable.row(channel().name(), described());

        assertThat(ReadmeTable.rows())
                .as("README.md should have this row under ## Channels:%n%s", row)
                .contains(row);
    }

    @Test
    void keepsSecretsToItself() {
        assertThat(channel().accounts().toString()).doesNotContain(secrets());
        assertThat(
                        channel()
                                .health(account())
                                .map(HealthSign::toString)
                                .collectList()
                                .block(PATIENCE))
                .isNotNull()
                .allSatisfy(sign -> assertThat(sign).doesNotContain(secrets()));
    }

    // --- Samples --------------------------------------------------------------------------------

    /** Something of that kind, small enough for any channel. */
    protected Content sample(Kind kind) {
        return switch (kind) {
            case TEXT -> new Content.Text("您好，已为您查到。");
            case IMAGE -> new Content.Image(SampleFiles.IMAGE);
            case VOICE -> new Content.Voice(SampleFiles.VOICE, null, "amr");
            case VIDEO -> new Content.Video(SampleFiles.VIDEO, null, "开卡步骤", null);
            case FILE -> new Content.File(SampleFiles.FILE, "账单.pdf", SampleFiles.FILE.size());
            case LOCATION -> new Content.Location(31.23, 121.47, "人民广场支行", 16.0);
            case LINK -> new Content.Link("还款日历", "每月还款提醒", "https://bank.example/calendar", null);
            case MINI_PROGRAM ->
                    new Content.MiniProgram(
                            "手机银行", "wx0000000000000009", "pages/index", SampleFiles.THUMBNAIL);
            case SUGGESTIONS ->
                    new Content.Suggestions(
                            "您想问的是：",
                            List.of(
                                    new Content.Option("repay", "怎么还款"),
                                    new Content.Option("limit", "怎么提额")),
                            null);
            case TEMPLATE ->
                    new Content.Template(
                            Content.Template.Kind.SUBSCRIPTION,
                            "bill-ready",
                            null,
                            null,
                            java.util.Map.of("thing1", "三月账单"));
            case NATIVE -> nativeSample();
            case EVENT -> throw new IllegalArgumentException("nobody sends events");
        };
    }

    /** Something only this channel has. To be given by channels that send {@link Kind#NATIVE}. */
    protected Content nativeSample() {
        return new Content.Native("unheard-of", java.util.Map.of("a", 1));
    }

    /** Content of a kind that goes by more ways than one, for the ways {@link #sample} misses. */
    protected List<Content> furtherSamples() {
        return List.of();
    }

    protected final Address address() {
        return new Address(channel().name(), account(), party());
    }

    protected final OutboundMessage message(Content content) {
        return new OutboundMessage(UUID.randomUUID().toString(), address(), Author.BOT, content);
    }

    private ChannelAccount described() {
        return channel().accounts().stream()
                .filter(one -> one.name().equals(account()))
                .findFirst()
                .orElseThrow();
    }

    private Capabilities capabilities() {
        return described().capabilities();
    }

    private static InboundMessage only(@Nullable List<? extends Inbound> inbound) {
        assertThat(inbound).hasSize(1);
        return (InboundMessage) inbound.getFirst();
    }
}
