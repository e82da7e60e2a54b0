package io.guanjia.cmpp.protocol;

/** Which of the two layouts a line speaks. */
public enum Version {
    V2_0(0x20),
    V3_0(0x30);

    private final int onTheWire;

    Version(int onTheWire) {
        this.onTheWire = onTheWire;
    }

    /** The byte in CMPP_CONNECT: main version in the upper four bits. */
    public int onTheWire() {
        return onTheWire;
    }

    /** 2.1, which some clients name, has the layout of 2.0. */
    public static Version of(int onTheWire) {
        return onTheWire >= V3_0.onTheWire ? V3_0 : V2_0;
    }
}
