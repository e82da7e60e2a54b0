package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.media.SafeFetch.Download;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;
import io.guanjia.weixin.api.Api;
import io.guanjia.weixin.api.Strangers;

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

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

class MediaTest {

    private static final Address CUSTOMER = new Address("wechat", "demo", "o1");
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1};
    private static final String GONE = "{\"errcode\":40007}";

    private final FakePlatform platform = Weixin.platform();
    private final AtomicInteger opened = new AtomicInteger();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void uploadsAFileOfOursBeforeItIsSent() {
        platform.answer(Api.MEDIA_UPLOAD.path(), "{\"type\":\"image\",\"media_id\":\"up-1\"}");

        deliver(picture(null));

        var upload = platform.requests(Api.MEDIA_UPLOAD.path()).getFirst();
        assertThat(upload.query()).isEqualTo("access_token=token-1&type=image");
        var body = new String(upload.body(), ISO_8859_1);
        var boundary = upload.headers().getOrDefault("content-type", "").split("boundary=", 2)[1];
        assertThat(body)
                .startsWith("--" + boundary + "\r\n")
                .contains("Content-Disposition: form-data; name=\"media\"; filename=\"file.png\"")
                .contains("Content-Type: image/png\r\n\r\n" + latin(PICTURE) + "\r\n--" + boundary)
                .endsWith("--" + boundary + "--\r\n");
        assertThat(upload.headers()).containsEntry("content-length", "" + upload.body().length);
        assertThat(sentMediaIds()).containsExactly("up-1");
    }

    @Test
    void sendsWhatThePlatformHasWithoutUploading() {
        deliver(picture("m1"));

        assertThat(platform.requests(Api.MEDIA_UPLOAD.path())).isEmpty();
        assertThat(sentMediaIds()).containsExactly("m1");
    }

    @Test
    void uploadsOnceMoreWhatThePlatformHasForgotten() {
        platform.answers(Api.CUSTOM_SEND.path(), GONE, Weixin.OK);
        platform.answer(Api.MEDIA_UPLOAD.path(), "{\"media_id\":\"up-1\"}");

        deliver(picture("m1"));

        assertThat(sentMediaIds()).containsExactly("m1", "up-1");
    }

    @Test
    void givesUpOnWhatThePlatformForgetsTwice() {
        platform.answer(Api.CUSTOM_SEND.path(), GONE);
        platform.answer(Api.MEDIA_UPLOAD.path(), "{\"media_id\":\"up-1\"}");

        assertThat(failure(picture("m1"))).isInstanceOf(Refused.class);
        assertThat(sentMediaIds()).containsExactly("m1", "up-1");
    }

    @Test
    void readsTheFileFromTheStartWhenTheTokenWasStale() {
        Weixin.tokens(platform, "token-1", "token-2");
        platform.answers(Api.MEDIA_UPLOAD.path(), "{\"errcode\":42001}", "{\"media_id\":\"up-1\"}");

        deliver(picture(null));

        assertThat(opened).hasValue(2);
        assertThat(platform.requests(Api.MEDIA_UPLOAD.path()).getLast().body().length)
                .isEqualTo(platform.requests(Api.MEDIA_UPLOAD.path()).getFirst().body().length);
    }

    @Test
    void uploadsAFilmAndItsStillPicture() {
        platform.answers(
                Api.MEDIA_UPLOAD.path(),
                "{\"media_id\":\"film\"}",
                "{\"thumb_media_id\":\"still\"}");
        MediaStore files =
                id -> Mono.just(file(id.equals("film") ? "video/mp4" : "image/jpeg", PICTURE));

        deliver(
                channel(files),
                new Content.Video(
                        new Media("film", null, null, null, null),
                        new Media("still", null, null, null, null),
                        "t",
                        null));

        assertThat(platform.requests(Api.MEDIA_UPLOAD.path()))
                .extracting(FakePlatform.Request::query)
                .containsExactly(
                        "access_token=token-1&type=video", "access_token=token-1&type=thumb");
        assertThat(platform.requests(Api.CUSTOM_SEND.path()).getFirst().json().get("video"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        "{\"media_id\":\"film\",\"thumb_media_id\":\"still\","
                                                + "\"title\":\"t\"}"));
    }

    @Test
    void aFilmWithoutAStillGetsAPlainOneWhichIsUploadedOnce() {
        platform.answers(
                Api.MEDIA_UPLOAD.path(),
                "{\"media_id\":\"film-1\"}",
                "{\"thumb_media_id\":\"still\"}",
                "{\"media_id\":\"film-2\"}");
        var channel = channel(id -> Mono.just(file("video/mp4", PICTURE)));
        var film = new Content.Video(new Media("film", null, null, null, null), null, null, null);

        deliver(channel, film);
        deliver(channel, film);

        assertThat(platform.requests(Api.MEDIA_UPLOAD.path()))
                .extracting(FakePlatform.Request::query)
                .containsExactly(
                        "access_token=token-1&type=video",
                        "access_token=token-1&type=thumb",
                        "access_token=token-1&type=video");
        assertThat(platform.requests(Api.CUSTOM_SEND.path()))
                .extracting(said -> said.json().at("/video/thumb_media_id").asString())
                .containsExactly("still", "still");
    }

    @Test
    void aPlainPictureThatThePlatformHasForgottenIsUploadedAgain() {
        platform.answers(
                Api.MEDIA_UPLOAD.path(),
                "{\"thumb_media_id\":\"still-1\"}",
                "{\"thumb_media_id\":\"still-2\"}");
        platform.answers(Api.CUSTOM_SEND.path(), GONE, Weixin.OK);

        deliver(new Content.MiniProgram("t", "wx1", "p", null));

        assertThat(platform.requests(Api.CUSTOM_SEND.path()))
                .extracting(said -> said.json().at("/miniprogrampage/thumb_media_id").asString())
                .containsExactly("still-1", "still-2");
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
        assertThat(platform.requests(Api.CUSTOM_SEND.path())).isEmpty();
    }

    @Test
    void stopsAnUploadThatGoesOnForTooLong() {
        platform.answer(Api.MEDIA_UPLOAD.path(), "{\"media_id\":\"up-1\"}");
        var endless =
                Flux.<DataBuffer>generate(
                        sink ->
                                sink.next(
                                        DefaultDataBufferFactory.sharedInstance.wrap(
                                                new byte[65_536])));

        assertThat(failure(id -> Mono.just(new MediaStream(null, "image/png", null, endless))))
                .isInstanceOf(Refused.class);
        assertThat(platform.requests(Api.CUSTOM_SEND.path())).isEmpty();
    }

    @Test
    void mayTryAgainWhenAnUploadGetsNoAnswer() {
        platform.script(
                Api.MEDIA_UPLOAD.path(), (request, response) -> response.status(504).send());

        assertThat(failure(picture(null))).isInstanceOf(Unavailable.class);
    }

    @Test
    void takesAFileFromThePlatformByItsId() {
        picture(platform, Api.MEDIA_GET.path(), "image/jpeg");

        var described =
                channel(ours())
                        .fetch(
                                CUSTOMER,
                                Media.onPlatform("m/1+", null),
                                file ->
                                        MediaTest.bytes(file)
                                                .map(b -> file.mimeType() + " " + file.size()))
                        .block(Duration.ofSeconds(20));

        assertThat(described).isEqualTo("image/jpeg 10");
        assertThat(platform.requests(Api.MEDIA_GET.path()).getFirst().query())
                .isEqualTo("access_token=token-1&media_id=m%2F1%2B");
    }

    @Test
    void refreshesAStaleTokenOnceWhenItTakesAFile() {
        Weixin.tokens(platform, "token-1", "token-2");
        platform.script(
                Api.MEDIA_GET.path(),
                (request, response) ->
                        request.query().contains("token-2")
                                ? FakePlatform.body(response, "image/png", PICTURE)
                                : FakePlatform.json(response, "{\"errcode\":40001}"));

        assertThat(fetch(Media.onPlatform("m1", null))).isEqualTo(PICTURE);
    }

    @Test
    void takesAFilmFromTheAddressThePlatformNames() {
        platform.answer(
                Api.MEDIA_GET.path(), "{\"video_url\":\"" + platform.address() + "/film?x=1\"}");
        picture(platform, "/film", "video/mp4");

        assertThat(fetch(Media.onPlatform("m1", null))).isEqualTo(PICTURE);
    }

    @ParameterizedTest
    @CsvSource({
        "40007, true, 0",
        "-1, false, 0",
        "45011, false, 60",
        "40164, false, 60",
        "48001, false, 60"
    })
    void saysWhetherAFileIsGoneForGoodAndHowLongToAskForNone(
            int code, boolean lasting, int restSeconds) {
        platform.answer(Api.MEDIA_GET.path(), "{\"errcode\":" + code + "}");

        var failure = fetchFailure(Media.onPlatform("m1", null));

        assertThat(failure.lasting()).isEqualTo(lasting);
        assertThat(failure.rest()).hasSeconds(restSeconds);
    }

    @Test
    void asksForNoFileMoreOnceTheDaysCallsAreUsedUp() {
        platform.answer(Api.MEDIA_GET.path(), "{\"errcode\":45009}");

        assertThat(fetchFailure(Media.onPlatform("m1", null)).rest())
                .isGreaterThan(Duration.ZERO)
                .isLessThanOrEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource({
        "404, true, 0",
        "410, true, 0",
        "302, false, 0",
        "403, false, 0",
        "408, false, 0",
        "429, false, 60",
        "503, false, 0"
    })
    void aStatusThatMayPassCostsNobodyTheFile(int status, boolean lasting, int restSeconds) {
        platform.status(Api.MEDIA_GET.path(), status);

        var failure = fetchFailure(Media.onPlatform("m1", null));

        assertThat(failure.lasting()).isEqualTo(lasting);
        assertThat(failure.rest()).hasSeconds(restSeconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/svg+xml", "application/javascript"})
    void takesNothingThatABrowserWouldRun(String type) {
        platform.script(
                Api.MEDIA_GET.path(),
                (request, response) -> FakePlatform.body(response, type, PICTURE));

        assertThat(fetchFailure(Media.onPlatform("m1", null)).lasting()).isTrue();
    }

    @Test
    void stopsAFileThatIsTooLarge() {
        platform.script(
                Api.MEDIA_GET.path(),
                (request, response) ->
                        response.header("Content-Type", "image/png")
                                .sendByteArray(Flux.range(0, 33).map(i -> new byte[1 << 20])));

        assertThat(fetchFailure(Media.onPlatform("m1", null)).lasting()).isTrue();
    }

    @Test
    void refusesAFileThatSaysItIsTooLarge() {
        platform.script(
                Api.MEDIA_GET.path(),
                (request, response) ->
                        response.header("Content-Type", "image/png")
                                .header("Content-Length", "33554433")
                                .sendByteArray(Flux.just(new byte[1])));

        assertThat(fetchFailure(Media.onPlatform("m1", null)).lasting()).isTrue();
    }

    @Test
    void takesAPictureWithoutIdFromItsAddress() {
        var internet = new Internet();
        internet.files.put("http://mmbiz.qpic.cn/p/0", new Download("image/jpeg", flux(PICTURE)));

        var taken = take(channel(internet), Media.onPlatform(null, "http://mmbiz.qpic.cn/p/0"));

        assertThat(taken).isEqualTo(PICTURE);
        assertThat(platform.all()).isEmpty();
    }

    @Test
    void takesAPictureFromItsAddressWhereThePlatformHasForgottenItsId() {
        platform.answer(Api.MEDIA_GET.path(), GONE);
        var internet = new Internet();
        internet.files.put("http://mmbiz.qpic.cn/p/0", new Download("image/png", flux(PICTURE)));

        assertThat(take(channel(internet), Media.onPlatform("m1", "http://mmbiz.qpic.cn/p/0")))
                .isEqualTo(PICTURE);
    }

    /** An account without 获取临时素材 (48001), or whose calls are used up, still has its pictures. */
    @Test
    void takesPicturesFromTheirAddressesWhereNoCallsAreLeft() {
        platform.answer(Api.MEDIA_GET.path(), "{\"errcode\":48001}");
        var internet = new Internet();
        internet.files.put("http://mmbiz.qpic.cn/p/0", new Download("image/png", flux(PICTURE)));
        var channel = channel(internet);

        assertThat(take(channel, Media.onPlatform("m1", "http://mmbiz.qpic.cn/p/0")))
                .isEqualTo(PICTURE);
        assertThat(take(channel, Media.onPlatform("m2", "http://mmbiz.qpic.cn/p/0")))
                .isEqualTo(PICTURE);
        assertThat(platform.requests(Api.MEDIA_GET.path())).as("asked once").hasSize(1);
    }

    @Test
    void takesAFilmFromAnotherHostLikeAnyStrangers() {
        platform.answer(Api.MEDIA_GET.path(), "{\"video_url\":\"https://cdn.example/film\"}");
        var internet = new Internet();
        internet.files.put("https://cdn.example/film", new Download("video/mp4", flux(PICTURE)));

        assertThat(take(channel(internet), Media.onPlatform("m1", null))).isEqualTo(PICTURE);
    }

    @Test
    void takesNothingThatABrowserWouldRunFromStrangersEither() {
        var internet = new Internet();
        internet.files.put("http://a.example/p", new Download("text/html", flux(PICTURE)));

        assertThat(
                        catchThrowableOfType(
                                        MediaUnavailable.class,
                                        () ->
                                                take(
                                                        channel(internet),
                                                        Media.onPlatform(
                                                                null, "http://a.example/p")))
                                .lasting())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://unknown.example/p", "no address"})
    void saysSoWhenAnAddressDoesNotAnswer(String address) {
        assertThat(
                        catchThrowableOfType(
                                MediaUnavailable.class,
                                () ->
                                        take(
                                                channel(new Internet()),
                                                Media.onPlatform(null, address))))
                .isNotNull();
    }

    @Test
    void passesOnWhatGoesWrongWithWhoeverKeepsTheFile() {
        picture(platform, Api.MEDIA_GET.path(), "image/png");

        assertThat(
                        catchThrowableOfType(
                                IllegalStateException.class,
                                () ->
                                        channel(ours())
                                                .fetch(
                                                        CUSTOMER,
                                                        Media.onPlatform("m1", null),
                                                        file ->
                                                                Mono.error(
                                                                        new IllegalStateException(
                                                                                "disk full")))
                                                .block()))
                .hasMessage("disk full");
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
        return platform.requests(Api.CUSTOM_SEND.path()).stream()
                .map(request -> request.json().at("/image/media_id").asString())
                .toList();
    }

    private WechatChannel channel(MediaStore files) {
        return channel(files, new Internet());
    }

    private WechatChannel channel(Internet internet) {
        return channel(ours(), internet);
    }

    private WechatChannel channel(MediaStore files, Internet internet) {
        var settings = Map.of("api-base", platform.address().toString());
        return Channels.with(Accounts.demo(settings), files, internet);
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

    private byte[] fetch(Media media) {
        return take(channel(ours()), media);
    }

    private static byte[] take(WechatChannel channel, Media media) {
        var taken = channel.fetch(CUSTOMER, media, MediaTest::bytes).block(Duration.ofSeconds(20));
        assertThat(taken).isNotNull();
        return taken;
    }

    private MediaUnavailable fetchFailure(Media media) {
        return catchThrowableOfType(MediaUnavailable.class, () -> fetch(media));
    }

    private static Mono<byte[]> bytes(MediaStream stream) {
        return DataBufferUtils.join(stream.bytes())
                .map(
                        joined -> {
                            var all = new byte[joined.readableByteCount()];
                            joined.read(all);
                            DataBufferUtils.release(joined);
                            return all;
                        });
    }

    private static Flux<DataBuffer> flux(byte[] content) {
        return Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(content.clone()));
    }

    /** Holds what a test puts there. */
    private static final class Internet implements Strangers {

        private final Map<String, Download> files = new ConcurrentHashMap<>();

        @Override
        public <T> Mono<T> fetch(URI address, long limit, Function<Download, Mono<T>> use) {
            var file = files.get(address.toString());
            return file == null
                    ? Mono.error(new UnknownHostException("no such host"))
                    : use.apply(file);
        }
    }
}
