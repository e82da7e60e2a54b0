package io.guanjia.gateway.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A form with one file in it ({@code multipart/form-data}), as platforms take uploads. Written by
 * hand because Netty's encoder wants whole files.
 */
public final class FileForm {

    private final MediaStream file;
    private final long most;
    private final Supplier<? extends DeliveryException> tooLarge;
    private final String boundary =
            "guanjia-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final byte[] head;
    private final byte[] tail;

    /**
     * @param field what the platform calls the file's field
     * @param name what the file is called; characters that a header cannot hold are left out
     * @param most how many bytes the platform takes
     * @param tooLarge what to fail with once there are more
     */
    public FileForm(
            String field,
            String name,
            MediaStream file,
            long most,
            Supplier<? extends DeliveryException> tooLarge) {
        this.file = file;
        this.most = most;
        this.tooLarge = tooLarge;
        var size = file.size();
        this.head =
                ("--"
                                + boundary
                                + "\r\nContent-Disposition: form-data; name=\""
                                + field
                                + "\"; filename=\""
                                + harmless(name)
                                + "\""
                                + (size == null ? "" : "; filelength=" + size)
                                + "\r\nContent-Type: "
                                + file.mimeType()
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8);
        this.tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** Of the whole form; null where the file's is not known. */
    @Nullable Long length() {
        var size = file.size();
        return size == null ? null : head.length + size + tail.length;
    }

    /** Can be subscribed to once, as the file can. */
    Flux<ByteBuf> bytes() {
        return Flux.concat(
                Mono.fromSupplier(() -> Unpooled.wrappedBuffer(head)),
                counted().map(NettyDataBufferFactory::toByteBuf),
                Mono.fromSupplier(() -> Unpooled.wrappedBuffer(tail)));
    }

    private Flux<DataBuffer> counted() {
        return Flux.defer(
                () -> {
                    var total = new AtomicLong();
                    return file.bytes()
                            .<DataBuffer>handle(
                                    (buffer, sink) -> {
                                        if (total.addAndGet(buffer.readableByteCount()) <= most) {
                                            sink.next(buffer);
                                        } else {
                                            DataBufferUtils.release(buffer);
                                            sink.error(tooLarge.get());
                                        }
                                    })
                            .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
                });
    }

    /** What customers and agents call a file must not become a header of its own. */
    private static String harmless(String name) {
        return name.codePoints()
                .filter(c -> !Character.isISOControl(c) && c != '"' && c != '\\')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
