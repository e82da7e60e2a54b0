package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guanjia.sandbox.wechat.SamplePicture;

import java.util.Arrays;

/** What customers' phones take: a small picture, a moment of silence, a document. */
final class Shots {

    private static final int FRAMES = 50;
    private static final int FRAME = 13;

    private Shots() {}

    static byte[] picture() {
        return SamplePicture.bytes();
    }

    /** AMR at 4.75 kbit/s: a second of frames that say nothing. */
    static byte[] voice() {
        var head = "#!AMR\n".getBytes(US_ASCII);
        var bytes = Arrays.copyOf(head, head.length + FRAMES * FRAME);
        for (int frame = 0; frame < FRAMES; frame++) {
            bytes[head.length + frame * FRAME] = 0x04;
        }
        return bytes;
    }

    static byte[] document() {
        return "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
                .getBytes(US_ASCII);
    }
}
