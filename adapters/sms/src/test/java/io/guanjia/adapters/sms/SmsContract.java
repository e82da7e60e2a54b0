package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.ChannelContract;
import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.Receipt;

import org.junit.jupiter.api.AfterEach;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** What the contract comes to for every provider that calls back with a key. */
public abstract class SmsContract extends ChannelContract {

    protected static final Instant NOW = Instant.parse("2026-03-02T08:30:20Z");
    protected static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    protected static final String NUMBER = "+8613700000001";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    protected final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    /** What the platform posts when that is said. */
    protected abstract String body(Said said);

    protected abstract String unknownType(Said said);

    @Override
    protected final String account() {
        return "main";
    }

    @Override
    protected final String party() {
        return NUMBER;
    }

    protected final Callback call(String body) {
        return call(Map.of("key", Accounts.KEY), body);
    }

    protected final Callback call(Map<String, String> query, String body) {
        return new Callback(
                channel().name(), account(), query, "application/json", body.getBytes(UTF_8), NOW);
    }

    protected final List<Inbound> read(String body) {
        return Objects.requireNonNull(channel().read(call(body)).block(PATIENCE)).inbound();
    }

    @Override
    protected final List<? extends Inbound> hears(Said said) {
        return read(body(said));
    }

    /** The same body once more. */
    @Override
    protected final List<? extends Inbound> hearsAgain(Said said) {
        return read(body(said));
    }

    @Override
    protected final List<? extends Inbound> hearsUnknownType(Said said) {
        return read(unknownType(said));
    }

    /** No provider makes one. */
    @Override
    protected final AddressCheck handshake() {
        return new NoHandshake();
    }

    /** What the platform posts when that has become of a message. */
    protected abstract String report(String platformId, boolean delivered);

    @Override
    protected final List<? extends Inbound> reports(
            Receipt.Outcome outcome, Supplier<String> sending) {
        assertThat(outcome).isNotEqualTo(Receipt.Outcome.READ);
        return read(report(sending.get(), outcome == Receipt.Outcome.DELIVERED));
    }

    @Override
    protected List<Attempt> forgeries() {
        var body = body(new Said("转账", NOW, 1));
        return List.of(
                callback("no key", call(Map.of(), body)),
                callback("another key", call(Map.of("key", "0000000000000000"), body)),
                callback("half of the key", call(Map.of("key", Accounts.KEY.substring(8)), body)));
    }

    @Override
    protected final List<Attempt> garbage() {
        return List.of(
                callback("empty", call("")),
                callback("no JSON", call("<xml/>")),
                callback("a word", call("\"R\"")),
                callback("half", call(body(new Said("在吗", NOW, 1)).substring(0, 9))),
                callback("two at once", call("[][]")),
                callback("far too deep", call("[".repeat(10_000) + "]".repeat(10_000))));
    }

    /** There is no reply window. */
    @Override
    protected final Set<WindowRule> windows() {
        return Set.of();
    }

    protected final Failure failure(
            String what, Runnable arrange, Class<? extends DeliveryException> becomes) {
        return new Failure(what, arrange, becomes);
    }
}
