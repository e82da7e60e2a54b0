package io.guanjia.gateway.media;

/**
 * What an Ogg file holds, by its first packet. Sources: RFC 3533, 6; the Speex manual, Ogg file
 * format.
 */
final class Ogg {

    /** Nothing plays it any more. Without Ogg around it nothing tells it from noise, either. */
    static final String SPEEX = "audio/speex";

    private static final int SEGMENTS = 26;

    private Ogg() {}

    static boolean begins(byte[] head) {
        return Magic.begins(head, 0, 'O', 'g', 'g', 'S');
    }

    /**
     * @param head begins with a page
     */
    static String typeOf(byte[] head) {
        var lengths = head.length > SEGMENTS ? Byte.toUnsignedInt(head[SEGMENTS]) : 0;
        var packet = SEGMENTS + 1 + lengths;
        return Magic.begins(head, packet, 'S', 'p', 'e', 'e', 'x', ' ', ' ', ' ')
                ? SPEEX
                : "audio/ogg";
    }
}
