package io.guanjia.cmpp.protocol;

/** Command_Id. An answer's is its question's with the first bit set. */
public final class Command {

    public static final int CONNECT = 0x00000001;
    public static final int TERMINATE = 0x00000002;
    public static final int SUBMIT = 0x00000004;
    public static final int DELIVER = 0x00000005;
    public static final int ACTIVE_TEST = 0x00000008;
    public static final int ANSWER = 0x80000000;

    private Command() {}
}
