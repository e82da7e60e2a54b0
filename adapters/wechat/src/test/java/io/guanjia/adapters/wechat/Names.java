package io.guanjia.adapters.wechat;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/** Name servers that know what a test tells them. */
final class Names extends AddressResolverGroup<InetSocketAddress> {

    private final Map<String, String> addresses;

    Names(Map<String, String> addresses) {
        this.addresses = addresses;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetSocketAddressResolver(
                executor,
                new InetNameResolver(executor) {
                    @Override
                    protected void doResolve(String name, Promise<InetAddress> promise) {
                        try {
                            promise.setSuccess(address(name));
                        } catch (UnknownHostException e) {
                            promise.setFailure(e);
                        }
                    }

                    @Override
                    protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
                        try {
                            promise.setSuccess(List.of(address(name)));
                        } catch (UnknownHostException e) {
                            promise.setFailure(e);
                        }
                    }
                });
    }

    private InetAddress address(String name) throws UnknownHostException {
        var address = addresses.get(name);
        if (address == null) {
            throw new UnknownHostException("no such name");
        }
        return InetAddress.getByName(address);
    }
}
