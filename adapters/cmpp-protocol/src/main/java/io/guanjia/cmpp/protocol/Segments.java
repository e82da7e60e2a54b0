package io.guanjia.cmpp.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import io.guanjia.cmpp.protocol.UserDataHeader.Part;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * Words as the messages that carry them. What is ASCII goes as ASCII, the rest as UCS-2 or GBK.
 * Networks bill by the part: 70 characters alone, else 67 each, or 66 where the parts are counted
 * by 16 bits; in ASCII 140 and 134 or 133, which every gateway takes (CMPP allows up to 159 in a
 * single one, which some bill as two).
 */
public final class Segments {

    /** The longest content of a message that has no parts, in bytes. */
    public static final int ALONE = 140;

    private static final int MOST_PARTS = 255;
    private static final Charset GBK = Charset.forName("GBK");

    private final int format;
    private final boolean sixteenBits;

    /**
     * @param format {@link MsgFmt#UCS2} or {@link MsgFmt#GBK}, for what is not ASCII
     * @param sixteenBits whether parts are counted with a 16-bit reference
     */
    public Segments(int format, boolean sixteenBits) {
        if (format != MsgFmt.UCS2 && format != MsgFmt.GBK) {
            throw new IllegalArgumentException("Msg_Fmt must be 8 or 15");
        }
        this.format = format;
        this.sixteenBits = sixteenBits;
    }

    /**
     * Never splits a character.
     *
     * @param reference tells this message from the receiver's others, if it has several parts
     * @throws IllegalArgumentException when it would take more than 255 parts
     */
    public List<UserData> of(String text, int reference) {
        int fmt = formatFor(text);
        var charset = fmt == MsgFmt.ASCII ? US_ASCII : fmt == MsgFmt.GBK ? GBK : UTF_16BE;
        var whole = text.getBytes(charset);
        if (whole.length <= ALONE) {
            return List.of(UserData.plain(fmt, whole));
        }
        var pieces = pieces(text, charset, each());
        if (pieces.size() > MOST_PARTS) {
            throw new IllegalArgumentException("more than 255 parts");
        }
        var parts = new ArrayList<UserData>(pieces.size());
        for (int i = 0; i < pieces.size(); i++) {
            var part = new Part(reference, pieces.size(), i + 1);
            var header = UserDataHeader.bytes(part, sixteenBits);
            var words = pieces.get(i);
            var content = new byte[header.length + words.length];
            System.arraycopy(header, 0, content, 0, header.length);
            System.arraycopy(words, 0, content, header.length, words.length);
            parts.add(new UserData(0, 1, fmt, content));
        }
        return parts;
    }

    /** The longest content of one part beside its header, in bytes. */
    public int each() {
        return ALONE - (sixteenBits ? 7 : 6);
    }

    /** The Msg_Fmt in which {@code text} goes. */
    public int formatFor(String text) {
        if (US_ASCII.newEncoder().canEncode(text)) {
            return MsgFmt.ASCII;
        }
        return format == MsgFmt.GBK && !GBK.newEncoder().canEncode(text) ? MsgFmt.UCS2 : format;
    }

    private static List<byte[]> pieces(String text, Charset charset, int room) {
        var pieces = new ArrayList<byte[]>();
        int start = 0;
        int used = 0;
        for (int at = 0; at < text.length(); ) {
            int next = at + Character.charCount(text.codePointAt(at));
            int size = charset.equals(UTF_16BE) ? 2 * (next - at) : sizeOf(text, at, next, charset);
            if (used + size > room) {
                pieces.add(text.substring(start, at).getBytes(charset));
                start = at;
                used = 0;
            }
            used += size;
            at = next;
        }
        pieces.add(text.substring(start).getBytes(charset));
        return pieces;
    }

    private static int sizeOf(String text, int from, int to, Charset charset) {
        return text.charAt(from) < 0x80 ? 1 : text.substring(from, to).getBytes(charset).length;
    }
}
