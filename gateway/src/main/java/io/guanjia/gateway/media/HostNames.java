package io.guanjia.gateway.media;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import java.net.InetAddress;
import java.util.List;

/** Looks up names. */
@FunctionalInterface
interface HostNames {

    /**
     * All addresses of a host. Fails with {@link java.net.UnknownHostException} where it has none
     * or nobody could be asked: the two look the same.
     */
    Mono<List<InetAddress>> resolve(String host);

    /** As this machine does it, which blocks. */
    static HostNames ofThisMachine(Scheduler blocking) {
        return host ->
                Mono.fromCallable(() -> List.of(InetAddress.getAllByName(host)))
                        .subscribeOn(blocking);
    }
}
