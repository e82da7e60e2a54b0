package io.guanjia.trials.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.trials.caller.Caller.Kept;
import io.netty.buffer.ByteBuf;

import java.util.Arrays;
import java.util.Locale;

/**
 * Reads one HTTP response after the other from a connection, with as little work as will do: the
 * tool must cost less than what it measures.
 */
final class Response {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] END_OF_CHUNKS = "0\r\n\r\n".getBytes(US_ASCII);

    private byte[] bytes = new byte[4096];
    private int length;
    private int bodyStart = -1;
    private int bodyLength;
    private boolean chunked;

    /** Takes what came; returns whether the response is complete. */
    boolean read(ByteBuf in) {
        var more = in.readableBytes();
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
        in.readBytes(bytes, length, more);
        length += more;
        if (bodyStart < 0) {
            readHead();
        }
        return bodyStart >= 0
                && (chunked ? endsWith(END_OF_CHUNKS) : length >= bodyStart + bodyLength);
    }

    private void readHead() {
        var end = indexOf(END_OF_HEAD);
        if (end < 0) {
            return;
        }
        bodyStart = end + END_OF_HEAD.length;
        var head = new String(bytes, 0, end, US_ASCII).toLowerCase(Locale.ROOT);
        chunked = head.contains("\r\ntransfer-encoding: chunked");
        var name = "\r\ncontent-length: ";
        var at = head.indexOf(name);
        if (at >= 0) {
            var from = at + name.length();
            var to = head.indexOf('\r', from);
            bodyLength = Integer.parseInt(head.substring(from, to < 0 ? head.length() : to).trim());
        }
    }

    /** Whether it says what {@code kept} says. */
    boolean says(Kept kept) {
        return status() == kept.status()
                && ((kept.orEmpty() && isEmpty()) || bodyBegins(kept.body().getBytes(UTF_8)));
    }

    private int status() {
        return length > 12 ? 100 * bytes[9] + 10 * bytes[10] + bytes[11] - 111 * '0' : 0;
    }

    private boolean isEmpty() {
        return chunked ? length == bodyStart + END_OF_CHUNKS.length : bodyLength == 0;
    }

    private boolean bodyBegins(byte[] with) {
        var from = chunked ? indexOf(with) : bodyStart;
        return from >= bodyStart
                && length >= from + with.length
                && Arrays.equals(bytes, from, from + with.length, with, 0, with.length);
    }

    /** Makes room for the next one. */
    void clear() {
        length = 0;
        bodyStart = -1;
        bodyLength = 0;
        chunked = false;
    }

    private int indexOf(byte[] wanted) {
        for (int i = 0; i <= length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private boolean endsWith(byte[] wanted) {
        return length - wanted.length >= bodyStart
                && Arrays.equals(bytes, length - wanted.length, length, wanted, 0, wanted.length);
    }

    /** What came, for an error message. */
    String shown() {
        return new String(bytes, 0, Math.min(length, 300), US_ASCII);
    }
}
