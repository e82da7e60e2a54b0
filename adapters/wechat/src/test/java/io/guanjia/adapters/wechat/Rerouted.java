package io.guanjia.adapters.wechat;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/** Leads every name to a server of the test, as if the whole internet were there. */
final class Rerouted extends AddressResolverGroup<InetSocketAddress> {

    private final InetSocketAddress server;

    Rerouted(URI server) {
        this.server = new InetSocketAddress(server.getHost(), server.getPort());
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetSocketAddressResolver(executor, new DefaultNameResolver(executor)) {
            @Override
            protected boolean doIsResolved(InetSocketAddress address) {
                return false;
            }

            @Override
            protected void doResolve(
                    InetSocketAddress address, Promise<InetSocketAddress> promise) {
                promise.setSuccess(server);
            }

            @Override
            protected void doResolveAll(
                    InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
                promise.setSuccess(List.of(server));
            }
        };
    }
}
