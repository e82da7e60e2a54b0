package io.guanjia.adapters.wechat;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Resolves names to public addresses only. A connection goes to the very address that was checked,
 * so a name that changes its mind between check and connection gains nothing, and an address
 * written as such is checked too.
 */
final class PublicAddresses extends AddressResolverGroup<InetSocketAddress> {

    private final AddressResolverGroup<InetSocketAddress> resolvers;

    /**
     * @param resolvers ask the network
     */
    PublicAddresses(AddressResolverGroup<InetSocketAddress> resolvers) {
        this.resolvers = resolvers;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Checked(resolvers.getResolver(executor), executor);
    }

    /** Whether an address belongs to the public internet (RFC 6890). */
    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return address instanceof Inet6Address v6
                ? isPublic6(v6.getAddress())
                : isPublic4(address.getAddress(), 0);
    }

    private static boolean isPublic4(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        int second = bytes[at + 1] & 0xFF;
        int third = bytes[at + 2] & 0xFF;
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127;
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 ->
                    !(second == 168
                            || second == 0 && (third == 0 || third == 2)
                            || second == 88 && third == 99);
            case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
            case 203 -> !(second == 0 && third == 113);
            default -> first < 224;
        };
    }

    private static boolean isPublic6(byte[] bytes) {
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        if (first == 0x20 && second == 0x02) {
            // 6to4 carries an IPv4 address.
            return isPublic4(bytes, 2);
        }
        if (first == 0
                && second == 0x64
                && (bytes[2] & 0xFF) == 0xFF
                && (bytes[3] & 0xFF) == 0x9B) {
            // So does NAT64.
            return isPublic4(bytes, 12);
        }
        boolean documentation =
                first == 0x20
                        && second == 1
                        && (bytes[2] & 0xFF) == 0x0D
                        && (bytes[3] & 0xFF) == 0xB8;
        boolean teredo = first == 0x20 && second == 1 && bytes[2] == 0 && bytes[3] == 0;
        // Only 2000::/3 is in use on the internet; private fc00::/7 and the rest are not in it.
        return first >> 5 == 1 && !documentation && !teredo;
    }

    /** Asks a resolver and drops what is not public. */
    private static final class Checked implements AddressResolver<InetSocketAddress> {

        private final AddressResolver<InetSocketAddress> resolver;
        private final EventExecutor executor;

        Checked(AddressResolver<InetSocketAddress> resolver, EventExecutor executor) {
            this.resolver = resolver;
            this.executor = executor;
        }

        @Override
        public boolean isSupported(SocketAddress address) {
            return resolver.isSupported(address);
        }

        /** Never: else an address written as digits would go unchecked. */
        @Override
        public boolean isResolved(SocketAddress address) {
            return false;
        }

        @Override
        public Future<InetSocketAddress> resolve(SocketAddress address) {
            return resolve(address, executor.newPromise());
        }

        @Override
        public Future<InetSocketAddress> resolve(
                SocketAddress address, Promise<InetSocketAddress> promise) {
            resolveAll(address)
                    .addListener(
                            (Future<List<InetSocketAddress>> found) -> {
                                if (found.isSuccess()) {
                                    promise.setSuccess(found.getNow().getFirst());
                                } else {
                                    promise.setFailure(found.cause());
                                }
                            });
            return promise;
        }

        @Override
        public Future<List<InetSocketAddress>> resolveAll(SocketAddress address) {
            return resolveAll(address, executor.newPromise());
        }

        @Override
        public Future<List<InetSocketAddress>> resolveAll(
                SocketAddress address, Promise<List<InetSocketAddress>> promise) {
            if (address instanceof InetSocketAddress written && !written.isUnresolved()) {
                return settle(List.of(written), promise);
            }
            resolver.resolveAll(address)
                    .addListener(
                            (Future<List<InetSocketAddress>> found) -> {
                                if (found.isSuccess()) {
                                    settle(found.getNow(), promise);
                                } else {
                                    promise.setFailure(found.cause());
                                }
                            });
            return promise;
        }

        private static Future<List<InetSocketAddress>> settle(
                List<InetSocketAddress> found, Promise<List<InetSocketAddress>> promise) {
            var open = found.stream().filter(address -> isPublic(address.getAddress())).toList();
            return open.isEmpty()
                    ? promise.setFailure(new UnknownHostException("no public address"))
                    : promise.setSuccess(open);
        }

        @Override
        public void close() {
            resolver.close();
        }
    }
}
