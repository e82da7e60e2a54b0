package io.guanjia.gateway.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/** Some networks, each written as an address or as an address with a prefix length. */
public final class Networks {

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]+");

    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = networks;
    }

    /** Fails with {@link IllegalArgumentException}, naming the shape it wants. */
    public static Networks of(List<String> written) {
        return new Networks(written.stream().map(Network::of).toList());
    }

    public boolean contain(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
    }

    /** Whether there are none, not even one. */
    public boolean isEmpty() {
        return networks.isEmpty();
    }

    private record Network(byte[] address, int prefix) {

        static Network of(String written) {
            var parts = written.strip().split("/", 2);
            try {
                if (ADDRESS.matcher(parts[0]).matches()) {
                    var address = InetAddress.getByName(parts[0]).getAddress();
                    var bits = address.length * 8;
                    var prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
                    if (prefix >= 0 && prefix <= bits) {
                        return new Network(address, prefix);
                    }
                }
            } catch (UnknownHostException | NumberFormatException e) {
                // Said below.
            }
            throw new IllegalArgumentException(
                    "networks such as 10.0.0.0/8, 192.168.1.7 or fd00::/8");
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (var bit = 0; bit < prefix; bit++) {
                var mask = 0x80 >> (bit % 8);
                if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
