package io.guanjia.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.Proof.OfEachCallback;
import io.guanjia.contract.Proof.OfEachCaller;
import io.guanjia.contract.Proof.Pretence;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whom a channel believes: the check of its address, what is forged, what is no message. */
abstract class AuthenticityContract extends ChannelUnderTest {

    private static final Duration LONG_AFTER = Duration.ofDays(365);

    @Test
    void answersTheCheckOfItsAddressAndNoOther() {
        switch (handshake()) {
            case Handshake handshake -> {
                var answer = channel().handshake(handshake.check()).block(PATIENCE);

                assertThat(answer).isNotNull();
                assertThat(new String(answer.body(), UTF_8)).isEqualTo(handshake.answer());
                var refusal = refused(handshake.forged());
                assertThat(refusal).as("a check that is not genuine").isNotNull();
                assertThat(refusal.kind()).isEqualTo(CallbackRejected.Kind.FORBIDDEN);
            }
            case NoHandshake _ ->
                    assertThat(
                                    refused(
                                            new Callback(
                                                    channel().name(),
                                                    account(),
                                                    Map.of("echostr", "5927782489442352469"),
                                                    "text/plain",
                                                    new byte[0],
                                                    SAID)))
                            .isNotNull();
        }
    }

    private CallbackRejected refused(Callback check) {
        return catchThrowableOfType(
                CallbackRejected.class, () -> channel().handshake(check).block(PATIENCE));
    }

    @Test
    void believesWhatIsProvenAndNothingElse() {
        switch (proof()) {
            case OfEachCallback proof -> {
                var genuine = calls(new Said("余额多少", SAID, 1));
                assertBelieved("what the platform says", genuine);
                assertProvenByItsQuery(proof, genuine);
                assertProvenForItsBody(proof, genuine);
                assertProvenForItsTime(proof, genuine);
                assertProvenForUs(proof, genuine);
            }
            case OfEachCaller proof -> {
                assertThat(proof.attempts()).containsOnlyKeys(Pretence.values());
                proof.attempts().values().forEach(this::assertRefused);
            }
        }
    }

    private void assertProvenByItsQuery(OfEachCallback proof, Callback genuine) {
        assertThat(proof.parameters()).isNotEmpty();
        assertThat(genuine.query()).containsKeys(proof.parameters().toArray(String[]::new));
        genuine.query()
                .forEach(
                        (name, value) -> {
                            var without = new HashMap<>(genuine.query());
                            without.remove(name);
                            var other = new HashMap<>(genuine.query());
                            other.put(name, altered(value));
                            if (proof.parameters().contains(name)) {
                                assertForged("without " + name, with(genuine, without));
                                assertForged("with another " + name, with(genuine, other));
                            } else {
                                assertBelieved("without " + name, with(genuine, without));
                            }
                        });
    }

    private void assertProvenForItsBody(OfEachCallback proof, Callback genuine) {
        var other = calls(new Said("全部转给我", SAID, 2));
        var altered =
                new Callback(
                        genuine.channel(),
                        genuine.account(),
                        genuine.query(),
                        genuine.contentType(),
                        other.body(),
                        genuine.receivedAt(),
                        genuine.from());
        if (proof.coversBody()) {
            assertForged("with the body of another", altered);
        } else {
            assertBelieved("with the body of another", altered);
        }
    }

    private void assertProvenForItsTime(OfEachCallback proof, Callback genuine) {
        var lasting = proof.believedFor();
        if (lasting == null) {
            var later = genuine.receivedAt().plus(LONG_AFTER);
            assertBelieved("long afterwards", with(genuine, genuine.account(), later));
            return;
        }
        var beyond = lasting.multipliedBy(2);
        assertForged(
                "too late", with(genuine, genuine.account(), genuine.receivedAt().plus(beyond)));
        assertForged(
                "from the future",
                with(genuine, genuine.account(), genuine.receivedAt().minus(beyond)));
    }

    private void assertProvenForUs(OfEachCallback proof, Callback genuine) {
        assertForged("proven by another", proof.byAnother());
        assertForged(
                "for an account that we do not have",
                with(genuine, "nobody-has-this", genuine.receivedAt()));
        var misdirected = proof.forAnother();
        if (misdirected != null) {
            assertForged("meant for another", misdirected);
        }
        // A platform that is told an address for each account says which one it calls.
        assertThat(handshake() instanceof Handshake && misdirected == null)
                .as("nothing that is meant for another, although addresses are checked")
                .isFalse();
    }

    /** Something else of the same length. */
    private static String altered(String value) {
        var last = value.isEmpty() ? "" : value.substring(value.length() - 1);
        return value.substring(0, value.length() - last.length()) + (last.equals("0") ? "1" : "0");
    }

    private static Callback with(Callback genuine, Map<String, String> query) {
        return new Callback(
                genuine.channel(),
                genuine.account(),
                query,
                genuine.contentType(),
                genuine.body(),
                genuine.receivedAt(),
                genuine.from());
    }

    private static Callback with(Callback genuine, String account, Instant receivedAt) {
        return new Callback(
                genuine.channel(),
                account,
                genuine.query(),
                genuine.contentType(),
                genuine.body(),
                receivedAt,
                genuine.from());
    }

    private void assertBelieved(String what, Callback callback) {
        assertThatCode(() -> channel().read(callback).block(PATIENCE))
                .as(what)
                .doesNotThrowAnyException();
    }

    private void assertForged(String what, Callback callback) {
        assertRefused(callback(what, callback));
    }

    @Test
    void refusesWhateverElseIsForged() {
        furtherForgeries().forEach(this::assertRefused);
    }

    private void assertRefused(Attempt forgery) {
        var refusal = catchThrowable(forgery.attempt()::run);

        assertThat(refusal).as(forgery.what()).isExactlyInstanceOf(forgery.refusal());
        if (refusal instanceof CallbackRejected rejected) {
            assertThat(rejected.kind())
                    .as(forgery.what())
                    .isEqualTo(CallbackRejected.Kind.FORBIDDEN);
        }
        assertThat(String.valueOf(refusal)).as(forgery.what()).doesNotContain(secrets());
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThat(garbage()).isNotEmpty();
        for (var nonsense : garbage()) {
            assertThat(catchThrowable(nonsense.attempt()::run))
                    .as(nonsense.what())
                    .isExactlyInstanceOf(nonsense.refusal());
        }
        if (proof() instanceof OfEachCallback) {
            var whole = calls(new Said("余额多少", SAID, 1));
            for (var length : List.of(0, whole.body().length / 2)) {
                var cut =
                        new Callback(
                                whole.channel(),
                                whole.account(),
                                whole.query(),
                                whole.contentType(),
                                Arrays.copyOf(whole.body(), length),
                                whole.receivedAt(),
                                whole.from());
                assertThat(catchThrowable(() -> channel().read(cut).block(PATIENCE)))
                        .as("the first %d bytes", length)
                        .isExactlyInstanceOf(CallbackRejected.class);
            }
        }
    }
}
