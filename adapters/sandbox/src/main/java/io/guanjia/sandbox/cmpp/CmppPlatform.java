package io.guanjia.sandbox.cmpp;

import io.guanjia.cmpp.protocol.CmppCodec;
import io.guanjia.cmpp.protocol.Version;
import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.history.Change;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The carrier's gateway. It listens from the first account on, on a port that is free unless that
 * account's {@code port} or {@code api-base} names one; {@link #address} is what the gateway's
 * {@code api-base} has to be.
 */
public final class CmppPlatform implements Platform {

    static final String NAME = "sms-cmpp";

    private final Surroundings around;
    private final Map<String, Carrier> carriers = new ConcurrentHashMap<>();
    private @Nullable EventLoopGroup group;
    private @Nullable Channel listening;

    public CmppPlatform(Surroundings around) {
        this.around = around;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void open(String account, Map<String, String> settings, URI callback) {
        open(CarrierSettings.of(account, settings));
    }

    /** Registers an account. Nobody calls back: messages go over its lines. */
    public synchronized Carrier open(CarrierSettings settings) {
        if (carriers.containsKey(settings.name())) {
            throw new IllegalArgumentException("name is taken: " + settings.name());
        }
        if (withSourceAddress(settings.sourceAddress()) != null) {
            throw new IllegalArgumentException("source-addr is taken by another account");
        }
        var loops = listen(settings.port());
        var carrier = new Carrier(settings, around, loops.next());
        carriers.put(settings.name(), carrier);
        around.changes().publish(new Change(NAME, settings.name(), "accounts", ""));
        return carrier;
    }

    /** What {@code api-base} has to be. Listens from now on. */
    public synchronized URI address() {
        listen(0);
        return URI.create("cmpp://" + around.host() + ":" + port());
    }

    /** The account of that name. */
    public Carrier carrier(String account) {
        var carrier = carriers.get(account);
        if (carrier == null) {
            throw new NoSuchElementException("no account named " + account);
        }
        return carrier;
    }

    @Override
    public RouterFunction<ServerResponse> api() {
        // Its interface is no HTTP.
        return request -> Mono.empty();
    }

    @Override
    public RouterFunction<ServerResponse> control() {
        return new CmppControl(this).router();
    }

    @Override
    public List<Carrier> accounts() {
        return carriers().stream().sorted(Comparator.comparing(Carrier::name)).toList();
    }

    @Override
    public void reset() {
        carriers().forEach(Carrier::reset);
    }

    @Override
    public synchronized void close() {
        var loops = group;
        if (loops != null) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            group = null;
            listening = null;
        }
    }

    @Nullable Carrier withSourceAddress(String address) {
        return carriers().stream()
                .filter(one -> one.settings().sourceAddress().equals(address))
                .findFirst()
                .orElse(null);
    }

    private Collection<Carrier> carriers() {
        return carriers.values();
    }

    private int port() {
        var channel = listening;
        return channel == null ? 0 : ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private EventLoopGroup listen(int port) {
        var present = group;
        if (present != null) {
            return present;
        }
        var loops =
                new MultiThreadIoEventLoopGroup(
                        1,
                        new DefaultThreadFactory("sandbox-cmpp", true),
                        NioIoHandler.newFactory());
        var bound =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        var codec = new CmppCodec(Version.V2_0);
                                        channel.pipeline()
                                                .addLast(
                                                        codec,
                                                        new LineEnd(CmppPlatform.this, codec));
                                    }
                                })
                        .bind(around.host(), port)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IllegalArgumentException("port " + port + " is taken", bound.cause());
        }
        listening = bound.channel();
        group = loops;
        return loops;
    }
}
