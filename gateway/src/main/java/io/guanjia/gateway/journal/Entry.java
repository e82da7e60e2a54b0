package io.guanjia.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * A record as it is written: nobody between the callback and the reader needs to understand it.
 *
 * @param key whose it is; entries of one key are kept in order
 */
record Entry(String key, byte[] value) {

    /** Both in one, for the spool. */
    byte[] toBytes() {
        var keyBytes = key.getBytes(UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + keyBytes.length + value.length)
                .putInt(keyBytes.length)
                .put(keyBytes)
                .put(value)
                .array();
    }

    static Entry ofBytes(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        var keyBytes = new byte[buffer.getInt()];
        buffer.get(keyBytes);
        var value = new byte[buffer.remaining()];
        buffer.get(value);
        return new Entry(new String(keyBytes, UTF_8), value);
    }
}
