package io.guanjia.sandbox.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guanjia.sandbox.wechat.SamplePicture;

import java.util.Arrays;

/** What a phone has to send: a picture, a moment of silence, a document. */
final class Shots {

    private static final int FRAMES = 50;
    private static final int FRAME = 13;

    private Shots() {}

    static Files.File picture() {
        return new Files.File("image/png", SamplePicture.bytes());
    }

    /** AMR at 4.75 kbit/s: a second of frames that say nothing. */
    static Files.File voice() {
        var head = "#!AMR\n".getBytes(US_ASCII);
        var bytes = Arrays.copyOf(head, head.length + FRAMES * FRAME);
        for (int frame = 0; frame < FRAMES; frame++) {
            bytes[head.length + frame * FRAME] = 0x04;
        }
        return new Files.File("audio/amr", bytes);
    }

    static Files.File document() {
        return new Files.File(
                "application/pdf",
                "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
                        .getBytes(US_ASCII));
    }
}
