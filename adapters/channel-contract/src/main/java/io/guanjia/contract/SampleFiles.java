package io.guanjia.contract;

import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.message.Media;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.HexFormat;
import java.util.Objects;

/** Small files of ours, as channels find them when they hand one to their platform. */
public final class SampleFiles implements MediaStore {

    public static final Media IMAGE = ours("image", "image/jpeg");
    public static final Media THUMBNAIL = ours("thumbnail", "image/jpeg");
    public static final Media VOICE = ours("voice", "audio/amr");
    public static final Media VIDEO = ours("video", "video/mp4");
    public static final Media FILE = ours("file", "application/pdf");

    private static final long SIZE = 64;

    private static Media ours(String id, String type) {
        return new Media(id, null, null, type, SIZE);
    }

    @Override
    public Mono<MediaStream> open(String id) {
        return switch (id) {
            case "image", "thumbnail" -> stream("image.jpg", "image/jpeg", "ffd8ffe000104a464946");
            case "voice" -> stream("voice.amr", "audio/amr", "2321414d520a");
            case "video" -> stream("video.mp4", "video/mp4", "0000001866747970");
            case "file" -> stream("账单.pdf", "application/pdf", "255044462d312e37");
            default -> Mono.error(new MediaUnavailable("no such file", true));
        };
    }

    private static Mono<MediaStream> stream(String name, String type, String magic) {
        var bytes = new byte[(int) SIZE];
        var begin = Objects.requireNonNull(HexFormat.of().parseHex(magic));
        System.arraycopy(begin, 0, bytes, 0, begin.length);
        return Mono.fromSupplier(
                () ->
                        new MediaStream(
                                name,
                                type,
                                SIZE,
                                Flux.defer(
                                        () ->
                                                Flux.just(
                                                        DefaultDataBufferFactory.sharedInstance
                                                                .wrap(bytes.clone())))));
    }
}
