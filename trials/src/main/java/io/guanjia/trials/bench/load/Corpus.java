package io.guanjia.trials.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.trials.caller.Caller.Call;
import io.guanjia.trials.caller.Caller.Said;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Whole HTTP requests, encrypted beforehand so that sending costs no more than writing. Outside of
 * the heap, so that it costs no collections either.
 *
 * <p>A repeated message has a timestamp, a nonce and a cipher text of its own, as the platform's
 * tries have.
 */
final class Corpus implements AutoCloseable {

    /** Platforms repeat what they sent a moment ago, not long ago. */
    private static final int RECENT = 500;

    /** Requests in one piece of memory. */
    private static final int SLAB = 1_000;

    private static final AtomicLong NEXT_ID = new AtomicLong(System.currentTimeMillis() << 20);

    private final ByteBuf[] requests;
    private final Collection<ByteBuf> slabs;
    private int next;
    private long wrapped;

    private Corpus(ByteBuf[] requests, Collection<ByteBuf> slabs) {
        this.requests = requests;
        this.slabs = slabs;
    }

    static Corpus of(LoadPlan plan) {
        var random = new SplittableRandom(plan.messages());
        var began = Instant.now();
        var firstId = NEXT_ID.getAndAdd(plan.messages());
        var ids = new long[plan.messages()];
        for (int i = 0; i < ids.length; i++) {
            var repeats = i > 0 && random.nextDouble() < plan.duplicates();
            ids[i] = repeats ? ids[i - random.nextInt(1, Math.min(i, RECENT) + 1)] : firstId + i;
        }
        var requests = new ByteBuf[ids.length];
        var slabs = new ConcurrentLinkedQueue<ByteBuf>();
        IntStream.range(0, Math.ceilDiv(ids.length, SLAB))
                .parallel()
                .forEach(slab -> slabs.add(fill(slab * SLAB, plan, began, ids, requests)));
        return new Corpus(requests, slabs);
    }

    /** Makes the requests from {@code start} on, next to each other in one piece of memory. */
    private static ByteBuf fill(
            int start, LoadPlan plan, Instant began, long[] ids, ByteBuf[] requests) {
        var end = Math.min(start + SLAB, ids.length);
        var bytes = new ArrayList<byte[]>(end - start);
        for (int i = start; i < end; i++) {
            bytes.add(request(plan, began, ids[i]));
        }
        var slab = Unpooled.directBuffer(bytes.stream().mapToInt(b -> b.length).sum());
        for (int i = start; i < end; i++) {
            var from = slab.writerIndex();
            slab.writeBytes(bytes.get(i - start));
            requests[i] = Unpooled.unreleasableBuffer(slab.slice(from, slab.writerIndex() - from));
        }
        return slab;
    }

    /** Whoever repeats a message says when it was said, so that is the same for all. */
    private static byte[] request(LoadPlan plan, Instant began, long id) {
        var caller = plan.caller();
        var said = new Said(caller.customer(id % plan.senders()), id, "您好，信用卡账单怎么查？ " + id, began);
        return http(plan, caller.call(said, Instant.now()));
    }

    private static byte[] http(LoadPlan plan, Call call) {
        var body = call.body().getBytes(UTF_8);
        var head = new StringBuilder();
        head.append("POST ").append(plan.path()).append('?').append(call.query());
        head.append(" HTTP/1.1\r\nHost: ").append(plan.host()).append(':').append(plan.port());
        head.append("\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\n");
        call.headers()
                .forEach(
                        (name, value) ->
                                head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        var first = head.toString().getBytes(UTF_8);
        var request = Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, request, first.length, body.length);
        return request;
    }

    /** The next request, ready to be written. One thread only. */
    ByteBuf next() {
        if (next == requests.length) {
            next = 0;
            wrapped++;
        }
        return requests[next++].duplicate();
    }

    long wrapped() {
        return wrapped;
    }

    /** Gives the memory back. Nothing may be on its way any more. */
    @Override
    public void close() {
        slabs.forEach(ByteBuf::release);
    }
}
