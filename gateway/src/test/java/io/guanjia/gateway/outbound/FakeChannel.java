package io.guanjia.gateway.outbound;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.Capabilities.Kind;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.gateway.message.Trigger;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A channel whose platform does as it is told. */
final class FakeChannel implements Channel {

    static final String NAME = "fake";

    /** May push, five messages after one of the customer's and three after a tap on the menu. */
    static final String SERVICE = "service";

    /** May only answer. */
    static final String ANSWERS_ONLY = "answers-only";

    /** May push without limit, ten messages a second. */
    static final String PACED = "paced";

    /** May push without limit, as many at once as it says itself. */
    static final String LINE = "line";

    private static final Capabilities CAPABILITIES =
            Capabilities.words(TextLimit.bytes(2048))
                    .sends(Kind.TEMPLATE, Kind.SUGGESTIONS)
                    .build();

    final List<String> said = new CopyOnWriteArrayList<>();
    final List<String> saidTo = new CopyOnWriteArrayList<>();
    final AtomicInteger calls = new AtomicInteger();
    volatile Function<OutboundMessage, Mono<Accepted>> platform = this::take;

    /** The account that this node is kept from. */
    volatile String cutOff = "";

    /** What a message takes of the pace. */
    volatile int callsEach = 1;

    private final Duration patience = Duration.ofSeconds(5);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isCutOff(String account) {
        return account.equals(cutOff);
    }

    @Override
    public Collection<ChannelAccount> accounts() {
        var windows =
                List.of(
                        new WindowRule(Trigger.MESSAGE, 5, Duration.ofHours(48)),
                        new WindowRule(Trigger.MENU, 3, Duration.ofMinutes(1)));
        var passive = new ChannelAccount.PassiveReplies(patience, 3, Duration.ofMillis(4500));
        return List.of(
                new ChannelAccount(SERVICE, true, passive, windows, Map.of(), CAPABILITIES),
                new ChannelAccount(ANSWERS_ONLY, false, passive, windows, Map.of(), CAPABILITIES),
                new ChannelAccount(
                        PACED, true, null, List.of(), Map.of("custom-send", 10.0), CAPABILITIES),
                new ChannelAccount(LINE, true, null, List.of(), Map.of(), CAPABILITIES, 1000));
    }

    ChannelAccount account(String name) {
        return accounts().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public Route route(Content content) {
        return content instanceof Content.Template
                ? new Route("template-send", false)
                : new Route("custom-send", true);
    }

    @Override
    public int calls(String account, Content content) {
        return callsEach;
    }

    @Override
    public Mono<Accepted> deliver(OutboundMessage message) {
        return Mono.defer(
                () -> {
                    calls.incrementAndGet();
                    return platform.apply(message);
                });
    }

    /** What a platform does on a good day. */
    Mono<Accepted> take(OutboundMessage message) {
        return Mono.fromSupplier(
                () -> {
                    said.add(words(message.content()));
                    saidTo.add(message.to().party() + ":" + words(message.content()));
                    return new Accepted("platform-" + message.deliveryId());
                });
    }

    static String words(Content content) {
        return switch (content) {
            case Content.Text(var body) -> body;
            case Content.Template template -> template.templateId();
            default -> content.getClass().getSimpleName();
        };
    }

    @Override
    public Mono<CallbackResponse> handshake(Callback callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Reading> read(Callback callback) {
        throw new UnsupportedOperationException();
    }
}
