package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackRejected.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class ReadCallbackTest {

    /** The worked example of 微博开放平台, 验证消息真实性. */
    @Test
    void acceptsThePlatformsOwnExample() {
        var channel = Accounts.channel(Map.of("app-secret", "xyz123xyz"));
        var query =
                Map.of(
                        "signature", "90e4c22c90a58f26526c2dd5b6c56c8822edeaa1",
                        "timestamp", "1397022061823",
                        "nonce", "57155157",
                        "echostr", "dnPdpTZz85");

        var answer = channel.handshake(Callbacks.callback(query, "")).block();

        assertThat(answer).isNotNull();
        assertThat(answer.body()).asString().isEqualTo("dnPdpTZz85");
        assertThat(answer.contentType()).startsWith("text/plain");
    }

    @Test
    void refusesACheckWithoutAnythingToEcho() {
        var query = Callbacks.query("1", "2");

        assertThat(
                        catchThrowableOfType(
                                        CallbackRejected.class,
                                        () ->
                                                Accounts.channel(Map.of())
                                                        .handshake(Callbacks.callback(query, ""))
                                                        .block())
                                .kind())
                .isEqualTo(Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1772439000", "1772439000000"})
    void refusesWhatIsOlderThanTheSettingsAllow(String timestamp) {
        var settings = Map.of("callback-max-age", "5m");
        var query = Callbacks.query(timestamp, "1");

        var rejected = rejected(settings, Callbacks.callback(query, Callbacks.sample("text")));

        assertThat(rejected.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(rejected.reason()).isEqualTo("stale");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1772440219", "1772440219123"})
    void takesATimestampInSecondsAndInMillis(String timestamp) {
        var channel = Accounts.channel(Map.of("callback-max-age", "5m"));
        var query = Callbacks.query(timestamp, "1");

        assertThat(
                        channel.read(Callbacks.callback(query, Callbacks.sample("text")))
                                .map(reading -> reading.inbound().size())
                                .block())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "99999999999999999999"})
    void refusesATimestampThatIsNone(String timestamp) {
        var query = Callbacks.query(timestamp, "1");

        assertThat(
                        rejected(
                                        Map.of("callback-max-age", "5m"),
                                        Callbacks.callback(query, Callbacks.sample("text")))
                                .kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void refusesAnAccountThatIsNotThere() {
        var callback = Callbacks.signed(Callbacks.sample("text"));
        var other =
                new Callback(
                        "weibo",
                        "other",
                        callback.query(),
                        callback.contentType(),
                        callback.body(),
                        callback.receivedAt());

        assertThat(rejected(Map.of(), other).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    private static CallbackRejected rejected(Map<String, String> settings, Callback callback) {
        return catchThrowableOfType(
                CallbackRejected.class, () -> Accounts.channel(settings).read(callback).block());
    }
}
