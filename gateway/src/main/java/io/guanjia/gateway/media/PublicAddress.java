package io.guanjia.gateway.media;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Tells the public internet from everything that is ours, the neighbours' or nobody's. */
final class PublicAddress {

    /** IANA's special-purpose blocks: address, prefix length. */
    private static final int[][] SPECIAL = {
        {0x00000000, 8}, // this network
        {0x0A000000, 8}, // private
        {0x64400000, 10}, // shared by carriers
        {0x7F000000, 8}, // loopback
        {0xA9FE0000, 16}, // link-local, where clouds keep their metadata
        {0xAC100000, 12}, // private
        {0xC0000000, 24}, // protocol assignments
        {0xC0000200, 24}, // documentation
        {0xC0586300, 24}, // 6to4 relays
        {0xC0A80000, 16}, // private
        {0xC6120000, 15}, // benchmarks
        {0xC6336400, 24}, // documentation
        {0xCB007100, 24}, // documentation
        {0xE0000000, 3}, // multicast, reserved, broadcast
    };

    private PublicAddress() {}

    /** IPv4 mapped into IPv6 is IPv4 by the time it is an {@link InetAddress}. */
    static boolean is(InetAddress address) {
        return address instanceof Inet4Address
                ? isPublic4(address.getAddress())
                : isPublic6(address.getAddress());
    }

    private static boolean isPublic4(byte[] address) {
        var bits = 0;
        for (var part : address) {
            bits = bits << 8 | (part & 0xFF);
        }
        for (var block : SPECIAL) {
            if ((bits ^ block[0]) >>> (32 - block[1]) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Global unicast alone, without the blocks that carry IPv4 or are set aside. */
    private static boolean isPublic6(byte[] address) {
        var first = (address[0] & 0xFF) << 8 | (address[1] & 0xFF);
        var second = (address[2] & 0xFF) << 8 | (address[3] & 0xFF);
        var global = first >>> 13 == 1;
        var special = first == 0x2001 && (second < 0x0200 || second == 0x0DB8);
        var sixToFour = first == 0x2002;
        var documentation = first >>> 4 == 0x3FF;
        return global && !special && !sixToFour && !documentation;
    }
}
