package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.ChannelContract;
import io.guanjia.contract.ErrorCodes;
import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.Line;
import io.guanjia.contract.Proof;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
    protected final Callback calls(Said said) {
        return call(body(said));
    }

    /** A provider signs nothing: who knows the key is believed, whatever he says, and whenever. */
    @Override
    protected final Proof proof() {
        var body = body(new Said("转账", NOW, 1));
        return new Proof.OfEachCallback(
                Set.of("key"), false, null, call(Map.of("key", "0000000000000000"), body), null);
    }

    @Override
    protected List<Attempt> furtherForgeries() {
        var body = body(new Said("转账", NOW, 1));
        return List.of(
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

    /** By which a text goes out. */
    protected abstract String path();

    @Override
    protected final Line line() {
        return new Line.Http(platform, path());
    }

    /** The provider's table. */
    protected abstract ErrorTable errorTable();

    /** A code that the provider does not have. */
    protected abstract String unheardOf();

    /** From now on the provider answers by that code. */
    protected abstract void refuses(String code);

    /** What ends in an asterisk stands for all that begin so. */
    @Override
    protected final ErrorCodes errorCodes() {
        return new ErrorCodes.Table(
                errorTable().codes().stream()
                        .map(code -> code.replace("*", ""))
                        .collect(
                                Collectors.toMap(
                                        code -> code,
                                        code -> becomes(errorTable().find(code).failure()))),
                unheardOf(),
                this::refuses);
    }

    private static Optional<Class<? extends DeliveryException>> becomes(SmsFailure failure) {
        return Optional.of(
                switch (failure) {
                    case BUSY -> DeliveryException.Unavailable.class;
                    case UNCLEAR -> DeliveryException.OutcomeUnknown.class;
                    case TOO_FAST, REST_HALF_MINUTE, REST_MINUTE, REST_HOUR, NIGHT ->
                            DeliveryException.Throttled.class;
                    case REST_DAY, REFUSED -> DeliveryException.Refused.class;
                    case UNREACHABLE -> DeliveryException.Unreachable.class;
                    case TEMPLATE, SIGN, BALANCE, CREDENTIALS, DAY_QUOTA, MONTH_QUOTA ->
                            DeliveryException.Blocked.class;
                });
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
