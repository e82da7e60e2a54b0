package io.guanjia.cmpp.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;

/** Msg_Fmt: how words are written. */
public final class MsgFmt {

    public static final int ASCII = 0;

    /** 短信写卡操作. */
    public static final int WRITE_CARD = 3;

    public static final int BINARY = 4;
    public static final int UCS2 = 8;
    public static final int GBK = 15;

    /** Reads all of GBK, and what GBK has no character for. */
    private static final Charset GB18030 = Charset.forName("GB18030");

    private MsgFmt() {}

    /** How to read words; null where there are none to read. */
    public static @Nullable Charset charset(int format) {
        return switch (format) {
            // Not US-ASCII: what has the eighth bit set is kept as something.
            case ASCII -> ISO_8859_1;
            case UCS2 -> UTF_16BE;
            case GBK -> GB18030;
            default -> null;
        };
    }
}
