package io.guanjia.weixin.api;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Cuts off a stream of bytes that goes on for too long. */
final class Bounded {

    private Bounded() {}

    /** The same bytes; fails once there are more than {@code limit}. */
    static Flux<DataBuffer> atMost(
            Flux<DataBuffer> bytes, long limit, Supplier<? extends RuntimeException> tooLarge) {
        return Flux.defer(
                () -> {
                    var total = new AtomicLong();
                    return bytes.handle(
                                    (DataBuffer buffer, SynchronousSink<DataBuffer> sink) -> {
                                        if (total.addAndGet(buffer.readableByteCount()) <= limit) {
                                            sink.next(buffer);
                                        } else {
                                            DataBufferUtils.release(buffer);
                                            sink.error(tooLarge.get());
                                        }
                                    })
                            .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
                });
    }
}
