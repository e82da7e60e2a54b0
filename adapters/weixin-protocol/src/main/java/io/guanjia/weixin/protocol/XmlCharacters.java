package io.guanjia.weixin.protocol;

/**
 * The characters XML 1.0 can carry (its production 2). Customers can type others, and the platform
 * passes them on: one stray control character must not cost the whole message.
 */
public final class XmlCharacters {

    private static final char REPLACEMENT = '\uFFFD';

    private XmlCharacters() {}

    /**
     * {@code text} itself where it is clean, else a copy with U+FFFD for every illegal character.
     */
    public static String legal(String text) {
        int illegal = indexOfIllegal(text, 0);
        if (illegal < 0) {
            return text;
        }
        var copy = new StringBuilder(text);
        while (illegal >= 0) {
            copy.setCharAt(illegal, REPLACEMENT);
            illegal = indexOfIllegal(text, illegal + 1);
        }
        return copy.toString();
    }

    private static int indexOfIllegal(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20) {
                if (c != '\t' && c != '\n' && c != '\r') {
                    return i;
                }
            } else if (c >= 0xD800) {
                if (Character.isHighSurrogate(c)) {
                    if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                        return i;
                    }
                    i++;
                } else if (c <= 0xDFFF || c >= 0xFFFE) {
                    return i;
                }
            }
        }
        return -1;
    }
}
