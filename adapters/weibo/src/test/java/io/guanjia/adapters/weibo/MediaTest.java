package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Media;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBufferUtils;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

class MediaTest {

    private static final Address CUSTOMER = new Address("weibo", "demo", Accounts.CUSTOMER);
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1};
    private static final String PATH = "/2/mss/msget";

    private final FakePlatform platform = new FakePlatform();
    private final WeiboChannel channel =
            Accounts.channel(Map.of("api-base", platform.address().toString(), "timeout", "2s"));

    @AfterEach
    void close() {
        channel.close();
        platform.close();
    }

    @Test
    void takesAFileByOurCopysId() {
        answers("image/png;charset=x", PICTURE);

        var described =
                channel.fetch(
                                CUSTOMER,
                                Media.onPlatform("9300000002", null),
                                file -> bytes(file).map(b -> file.mimeType() + " " + file.size()))
                        .block(Duration.ofSeconds(20));

        assertThat(described).isEqualTo("image/png 10");
        assertThat(platform.requests(PATH).getFirst().query())
                .isEqualTo("access_token=2.00token%2B%2F%3Dvalue&fid=9300000002");
    }

    @Test
    void takesAVoiceNote() {
        var voice = "#!AMR\nxyz".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        answers("audio/amr", voice);

        assertThat(fetch()).isEqualTo(voice);
    }

    @ParameterizedTest
    @CsvSource({
        "10001, false",
        "10023, false",
        "21327, false",
        "10014, false",
        "10008, true",
        "20003, true"
    })
    void saysWhetherAFileIsGoneForGood(int code, boolean lasting) {
        platform.script(
                PATH,
                (request, response) ->
                        FakePlatform.json(response.status(400), "{\"error_code\":" + code + "}"));

        var failure = failure();

        assertThat(failure.lasting()).isEqualTo(lasting);
        assertThat(failure.reason()).contains(Integer.toString(code));
    }

    @ParameterizedTest
    @CsvSource({"404, true", "500, false", "302, false", "403, false", "429, false"})
    void readsAStatusWithoutWords(int status, boolean lasting) {
        platform.status(PATH, status);

        assertThat(failure().lasting()).isEqualTo(lasting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/svg+xml", "application/javascript", "application/xhtml+xml"})
    void takesNothingThatABrowserWouldRun(String type) {
        answers(type, PICTURE);

        assertThat(failure().lasting()).isTrue();
    }

    @Test
    void takesNoPageForAFile() {
        answers("text/html", "<html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThat(failure()).isNotNull();
    }

    @Test
    void stopsAFileThatIsTooLarge() {
        platform.script(
                PATH,
                (request, response) ->
                        response.header("Content-Type", "image/png")
                                .sendByteArray(Flux.range(0, 33).map(i -> new byte[1 << 20])));

        assertThat(failure().lasting()).isTrue();
    }

    @Test
    void refusesAFileThatSaysItIsTooLarge() {
        platform.script(
                PATH,
                (request, response) ->
                        response.header("Content-Type", "image/png")
                                .header("Content-Length", "33554433")
                                .sendByteArray(Flux.just(new byte[1])));

        assertThat(failure().lasting()).isTrue();
    }

    @Test
    void saysSoWhenThePlatformDoesNotAnswer() {
        platform.close();

        var failure = failure();

        assertThat(failure.lasting()).isFalse();
        assertThat(failure).hasMessageNotContainingAny("token", "127.0.0.1");
    }

    @Test
    void asksNobodyForAFileWithoutId() {
        var failure =
                catchThrowableOfType(
                        MediaUnavailable.class,
                        () ->
                                channel.fetch(
                                                CUSTOMER,
                                                Media.onPlatform(null, "http://10.0.0.1/x"),
                                                MediaTest::bytes)
                                        .block(Duration.ofSeconds(20)));

        assertThat(failure.lasting()).isTrue();
        assertThat(platform.all()).isEmpty();
    }

    @Test
    void passesOnWhatGoesWrongWithWhoeverKeepsTheFile() {
        answers("image/png", PICTURE);

        assertThat(
                        catchThrowableOfType(
                                IllegalStateException.class,
                                () ->
                                        channel.fetch(
                                                        CUSTOMER,
                                                        Media.onPlatform("1", null),
                                                        file ->
                                                                Mono.error(
                                                                        new IllegalStateException(
                                                                                "disk full")))
                                                .block(Duration.ofSeconds(20))))
                .hasMessage("disk full");
    }

    private void answers(String type, byte[] body) {
        platform.script(PATH, (request, response) -> FakePlatform.body(response, type, body));
    }

    private byte[] fetch() {
        return Objects.requireNonNull(
                channel.fetch(CUSTOMER, Media.onPlatform("9300000002", null), MediaTest::bytes)
                        .block(Duration.ofSeconds(20)));
    }

    private MediaUnavailable failure() {
        return catchThrowableOfType(MediaUnavailable.class, this::fetch);
    }

    static Mono<byte[]> bytes(MediaStream stream) {
        return DataBufferUtils.join(stream.bytes())
                .map(
                        joined -> {
                            var all = new byte[joined.readableByteCount()];
                            joined.read(all);
                            DataBufferUtils.release(joined);
                            return all;
                        });
    }
}
