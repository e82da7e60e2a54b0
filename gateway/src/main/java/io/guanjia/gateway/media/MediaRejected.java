package io.guanjia.gateway.media;

/** A file that is not kept. Nothing of it is left. */
public final class MediaRejected extends RuntimeException {

    /** Why. */
    public enum Kind {
        /** Longer than allowed, or would be once it is unpacked. */
        TOO_LARGE,
        /** Without a byte in it. */
        EMPTY,
        /** Not of a type we keep, whatever it says it is, or not of the one its name says. */
        TYPE
    }

    private final Kind kind;

    public MediaRejected(Kind kind) {
        super(kind.name(), null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
