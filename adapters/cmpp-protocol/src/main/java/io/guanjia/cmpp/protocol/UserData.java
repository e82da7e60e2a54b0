package io.guanjia.cmpp.protocol;

/**
 * What a message says and how it is written.
 *
 * @param pid TP_pId of GSM 03.40, mostly 0
 * @param udhi TP_udhi: 1 when the content begins with a header
 * @param format Msg_Fmt, see {@link MsgFmt}
 * @param content at most 255 bytes. Not to be changed
 */
public record UserData(int pid, int udhi, int format, byte[] content) {

    public UserData {
        if (content.length > 255) {
            throw new IllegalArgumentException("Msg_Content is longer than 255 bytes");
        }
    }

    /** A message without a header. */
    public static UserData plain(int format, byte[] content) {
        return new UserData(0, 0, format, content);
    }

    public boolean hasHeader() {
        return (udhi & 0x41) != 0;
    }

    /** Leaves out what is said: this ends up in logs. */
    @Override
    public String toString() {
        return "UserData[format=" + format + ", " + content.length + " bytes]";
    }
}
