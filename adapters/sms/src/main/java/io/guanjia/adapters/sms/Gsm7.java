package io.guanjia.adapters.sms;

/** The default alphabet of GSM 03.38 and its extension (3GPP TS 23.038, 6.2.1). */
final class Gsm7 {

    private static final String ALPHABET =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Each stands behind an escape, so it takes two. */
    private static final String EXTENSION = "\f^{}\\[~]|€";

    private Gsm7() {}

    static boolean canSay(String text) {
        return text.codePoints().allMatch(character -> septets(character) > 0);
    }

    /** How many septets a character takes; 0 for one that the alphabet lacks. */
    static int septets(int character) {
        return ALPHABET.indexOf(character) >= 0 ? 1 : EXTENSION.indexOf(character) >= 0 ? 2 : 0;
    }
}
