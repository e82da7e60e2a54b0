package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

class MediaTest {

    private static final Address CUSTOMER = new Address("wechat", "demo", "o1");
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1};
    private static final String GONE = "{\"errcode\":40007}";

    private final FakePlatform platform = new FakePlatform();
    private final AtomicInteger opened = new AtomicInteger();

    private final ConnectionProvider connections = ConnectionProvider.create("media-test");

    @AfterEach
    void close() {
        connections.dispose();
        platform.close();
    }

    @Test
    void uploadsAFileOfOursBeforeItIsSent() {
        platform.answer(Api.MEDIA_UPLOAD, "{\"type\":\"image\",\"media_id\":\"up-1\"}");

        deliver(picture(null));

        var upload = platform.requests(Api.MEDIA_UPLOAD).getFirst();
        assertThat(upload.query()).isEqualTo("access_token=token-1&type=image");
        var body = new String(upload.body(), ISO_8859_1);
        var boundary = upload.headers().getOrDefault("content-type", "").split("boundary=", 2)[1];
        assertThat(body)
                .startsWith("--" + boundary + "\r\n")
                .contains("Content-Disposition: form-data; name=\"media\"; filename=\"file.png\"")
                .contains("Content-Type: image/png\r\n\r\n" + latin(PICTURE) + "\r\n--" + boundary)
                .endsWith("--" + boundary + "--\r\n");
        assertThat(sentMediaIds()).containsExactly("up-1");
    }

    @Test
    void sendsWhatThePlatformHasWithoutUploading() {
        deliver(picture("m1"));

        assertThat(platform.requests(Api.MEDIA_UPLOAD)).isEmpty();
        assertThat(sentMediaIds()).containsExactly("m1");
    }

    @Test
    void uploadsOnceMoreWhatThePlatformHasForgotten() {
        platform.answers(Api.CUSTOM_SEND, GONE, FakePlatform.OK);
        platform.answer(Api.MEDIA_UPLOAD, "{\"media_id\":\"up-1\"}");

        deliver(picture("m1"));

        assertThat(sentMediaIds()).containsExactly("m1", "up-1");
    }

    @Test
    void givesUpOnWhatThePlatformForgetsTwice() {
        platform.answer(Api.CUSTOM_SEND, GONE);
        platform.answer(Api.MEDIA_UPLOAD, "{\"media_id\":\"up-1\"}");

        assertThat(failure(picture("m1"))).isInstanceOf(Refused.class);
        assertThat(sentMediaIds()).containsExactly("m1", "up-1");
    }

    @Test
    void readsTheFileFromTheStartWhenTheTokenWasStale() {
        platform.tokens("token-1", "token-2");
        platform.answers(Api.MEDIA_UPLOAD, "{\"errcode\":42001}", "{\"media_id\":\"up-1\"}");

        deliver(picture(null));

        assertThat(opened).hasValue(2);
        assertThat(platform.requests(Api.MEDIA_UPLOAD).getLast().body().length)
                .isEqualTo(platform.requests(Api.MEDIA_UPLOAD).getFirst().body().length);
    }

    @Test
    void uploadsAFilmAndItsStillPicture() {
        platform.answers(
                Api.MEDIA_UPLOAD, "{\"media_id\":\"film\"}", "{\"thumb_media_id\":\"still\"}");
        MediaStore files =
                id -> Mono.just(file(id.equals("film") ? "video/mp4" : "image/jpeg", PICTURE));

        deliver(
                channel(files),
                new Content.Video(
                        new Media("film", null, null, null, null),
                        new Media("still", null, null, null, null),
                        "t",
                        null));

        assertThat(platform.requests(Api.MEDIA_UPLOAD))
                .extracting(FakePlatform.Request::query)
                .containsExactly(
                        "access_token=token-1&type=video", "access_token=token-1&type=thumb");
        assertThat(platform.requests(Api.CUSTOM_SEND).getFirst().json().get("video"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        "{\"media_id\":\"film\",\"thumb_media_id\":\"still\","
                                                + "\"title\":\"t\"}"));
    }

    @Test
    void refusesFilesThePlatformWouldNotTake() {
        assertThat(failure(id -> Mono.just(file("image/svg+xml", PICTURE))))
                .isInstanceOf(Refused.class);
        assertThat(
                        failure(
                                id ->
                                        Mono.just(
                                                new MediaStream(
                                                        null,
                                                        "image/png",
                                                        10_485_761L,
                                                        Flux.empty()))))
                .isInstanceOf(Refused.class);
        assertThat(failure(id -> Mono.error(new MediaUnavailable("gone", true))))
                .isInstanceOf(Refused.class);
        assertThat(failure(id -> Mono.error(new MediaUnavailable("busy", false))))
                .isInstanceOf(Unavailable.class);
        assertThat(platform.requests(Api.CUSTOM_SEND)).isEmpty();
    }

    @Test
    void stopsAnUploadThatGoesOnForTooLong() {
        platform.answer(Api.MEDIA_UPLOAD, "{\"media_id\":\"up-1\"}");
        var endless =
                Flux.<DataBuffer>generate(
                        sink ->
                                sink.next(
                                        DefaultDataBufferFactory.sharedInstance.wrap(
                                                new byte[65_536])));

        assertThat(failure(id -> Mono.just(new MediaStream(null, "image/png", null, endless))))
                .isInstanceOf(Refused.class);
        assertThat(platform.requests(Api.CUSTOM_SEND)).isEmpty();
    }

    @Test
    void mayTryAgainWhenAnUploadGetsNoAnswer() {
        platform.script(Api.MEDIA_UPLOAD, (request, response) -> response.status(504).send());

        assertThat(failure(picture(null))).isInstanceOf(Unavailable.class);
    }

    @Test
    void takesAFileFromThePlatformByItsId() {
        picture(platform, Api.MEDIA_GET.path(), "image/jpeg");

        var stream = fetch(Media.onPlatform("m/1+", null));

        assertThat(stream.mimeType()).isEqualTo("image/jpeg");
        assertThat(stream.size()).isEqualTo(PICTURE.length);
        assertThat(bytes(stream)).isEqualTo(PICTURE);
        assertThat(platform.requests(Api.MEDIA_GET).getFirst().query())
                .isEqualTo("access_token=token-1&media_id=m%2F1%2B");
    }

    @Test
    void refreshesAStaleTokenOnceWhenItTakesAFile() {
        platform.tokens("token-1", "token-2");
        platform.script(
                Api.MEDIA_GET,
                (request, response) ->
                        request.query().contains("token-2")
                                ? FakePlatform.body(response, "image/png", PICTURE)
                                : FakePlatform.json(response, "{\"errcode\":40001}"));

        assertThat(bytes(fetch(Media.onPlatform("m1", null)))).isEqualTo(PICTURE);
    }

    @Test
    void takesAFilmFromTheAddressThePlatformNames() {
        platform.answer(Api.MEDIA_GET, "{\"video_url\":\"" + platform.address() + "/film?x=1\"}");
        picture(platform, "/film", "video/mp4");

        assertThat(bytes(fetch(Media.onPlatform("m1", null)))).isEqualTo(PICTURE);
    }

    @ParameterizedTest
    @CsvSource({"40007, true", "45009, false", "-1, false"})
    void saysWhetherAFileIsGoneForGood(int code, boolean lasting) {
        platform.answer(Api.MEDIA_GET, "{\"errcode\":" + code + "}");

        assertThat(fetchFailure(Media.onPlatform("m1", null)).lasting()).isEqualTo(lasting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/svg+xml", "application/javascript"})
    void takesNothingThatABrowserWouldRun(String type) {
        platform.script(
                Api.MEDIA_GET, (request, response) -> FakePlatform.body(response, type, PICTURE));

        assertThat(fetchFailure(Media.onPlatform("m1", null)).lasting()).isTrue();
    }

    @Test
    void stopsAFileThatIsTooLarge() {
        platform.script(
                Api.MEDIA_GET,
                (request, response) ->
                        response.header("Content-Type", "image/png")
                                .sendByteArray(Flux.range(0, 100).map(i -> new byte[1024])));
        var small = channel(Map.of("max-media", "10KB"), id -> Mono.empty());

        var stream = small.fetch(CUSTOMER, Media.onPlatform("m1", null)).block();

        assertThat(stream).isNotNull();
        assertThat(catchThrowableOfType(MediaUnavailable.class, () -> bytes(stream)).lasting())
                .isTrue();
    }

    @Test
    void refusesAFileThatSaysItIsTooLarge() {
        platform.script(
                Api.MEDIA_GET,
                (request, response) -> FakePlatform.body(response, "image/png", new byte[20_000]));
        var small = channel(Map.of("max-media", "10KB"), id -> Mono.empty());

        assertThat(
                        catchThrowableOfType(
                                        MediaUnavailable.class,
                                        () ->
                                                small.fetch(CUSTOMER, Media.onPlatform("m1", null))
                                                        .block())
                                .lasting())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/p",
                "http://localhost/p",
                "http://2130706433/p",
                "http://0x7f.1/p",
                "http://[::1]/p",
                "http://[::ffff:127.0.0.1]/p",
                "http://10.0.0.1/p",
                "http://169.254.169.254/latest/meta-data",
                "http://user@127.0.0.1/p",
                "file:///etc/passwd",
                "ftp://example.com/p",
                "gopher://127.0.0.1/p",
                "nonsense",
                "http://",
            })
    void fetchesFromNoPrivateAddress(String address) {
        assertThat(fetchFailure(Media.onPlatform(null, address))).isNotNull();
    }

    @Test
    void connectsNowhereForAnAddressThatLeadsHome() {
        var port = platform.address().getPort();
        for (var address :
                new String[] {
                    platform.address() + "/p",
                    "http://localhost:" + port + "/p",
                    "http://[::ffff:127.0.0.1]:" + port + "/p"
                }) {
            assertThat(fetchFailure(Media.onPlatform(null, address))).isNotNull();
        }
        assertThat(platform.all()).isEmpty();
    }

    @Test
    void isNotFooledByANameThatLeadsHome() {
        var home =
                new PublicHttp(
                        connections,
                        new PublicAddresses(new Names(Map.of("rebind.example", "127.0.0.1"))));

        assertThat(
                        catchThrowableOfType(
                                MediaUnavailable.class,
                                () -> home.get("http://rebind.example/p").block()))
                .isNotNull();
    }

    @Test
    void followsRedirectsButNotHome() {
        var internet = new PublicHttp(connections, new Rerouted(platform.address()));
        platform.script("/a", (request, response) -> response.sendRedirect("http://b.example/b"));
        platform.script("/b", (request, response) -> response.sendRedirect("/c"));
        picture(platform, "/c", "image/png");
        platform.script("/loop", (request, response) -> response.sendRedirect("/loop"));
        platform.script(
                "/home", (request, response) -> response.sendRedirect("file:///etc/passwd"));

        var answer = internet.get("http://a.example/a").block(Duration.ofSeconds(5));

        assertThat(answer).isNotNull();
        assertThat(answer.response().status().code()).isEqualTo(200);
        answer.connection().dispose();
        for (var path : new String[] {"/loop", "/home", "/missing"}) {
            assertThat(
                            catchThrowableOfType(
                                            MediaUnavailable.class,
                                            () -> internet.get("http://a.example" + path).block())
                                    .lasting())
                    .isTrue();
        }
    }

    @Test
    void sendsNoTokenToStrangers() {
        var internet = new PublicHttp(connections, new Rerouted(platform.address()));
        picture(platform, "/p", "image/png");

        var answer = internet.get("http://a.example/p?q=1").block(Duration.ofSeconds(5));

        assertThat(answer).isNotNull();
        answer.connection().dispose();
        assertThat(platform.all().getFirst().query()).isEqualTo("q=1");
        assertThat(platform.all().getFirst().headers())
                .doesNotContainKeys("authorization", "cookie");
    }

    private static void picture(FakePlatform platform, String path, String type) {
        platform.script(path, (request, response) -> FakePlatform.body(response, type, PICTURE));
    }

    private static Content picture(@Nullable String platformId) {
        return new Content.Image(new Media("ours", platformId, null, "image/png", 10L));
    }

    private static MediaStream file(String type, byte[] content) {
        return new MediaStream(
                "客户 \"名单\".png",
                type,
                (long) content.length,
                Flux.just(
                        DefaultDataBufferFactory.sharedInstance.wrap(
                                Arrays.copyOfRange(content, 0, 4)),
                        DefaultDataBufferFactory.sharedInstance.wrap(
                                Arrays.copyOfRange(content, 4, content.length))));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private List<String> sentMediaIds() {
        return platform.requests(Api.CUSTOM_SEND).stream()
                .map(request -> request.json().at("/image/media_id").asString())
                .toList();
    }

    private WechatChannel channel(MediaStore files) {
        return channel(Map.of(), files);
    }

    private WechatChannel channel(Map<String, String> changes, MediaStore files) {
        var settings = new HashMap<>(Map.of("api-base", platform.address().toString()));
        settings.putAll(changes);
        return Channels.with(Accounts.demo(settings), files, Channels.CLOCK);
    }

    private MediaStore ours() {
        return id -> {
            opened.incrementAndGet();
            return Mono.just(file("image/png", PICTURE));
        };
    }

    private void deliver(Content content) {
        deliver(channel(ours()), content);
    }

    private static void deliver(WechatChannel channel, Content content) {
        channel.deliver(new OutboundMessage("d1", CUSTOMER, Author.BOT, content))
                .block(Duration.ofSeconds(20));
    }

    private DeliveryException failure(Content content) {
        return catchThrowableOfType(DeliveryException.class, () -> deliver(content));
    }

    private DeliveryException failure(MediaStore files) {
        return catchThrowableOfType(
                DeliveryException.class, () -> deliver(channel(files), picture(null)));
    }

    private MediaStream fetch(Media media) {
        var stream = channel(ours()).fetch(CUSTOMER, media).block(Duration.ofSeconds(20));
        assertThat(stream).isNotNull();
        return stream;
    }

    private MediaUnavailable fetchFailure(Media media) {
        return catchThrowableOfType(MediaUnavailable.class, () -> fetch(media));
    }

    private static byte[] bytes(MediaStream stream) {
        var all = new ByteArrayOutputStream();
        DataBufferUtils.write(stream.bytes(), all)
                .doOnNext(DataBufferUtils::release)
                .blockLast(Duration.ofSeconds(20));
        return all.toByteArray();
    }
}
