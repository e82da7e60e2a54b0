package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.MediaUnavailable;
import io.netty.channel.ChannelOption;
import io.netty.resolver.AddressResolverGroup;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;

/**
 * Fetches from addresses that a message names, which means that a stranger chose them. Only public
 * addresses are contacted, over HTTP or HTTPS on their usual ports, through three redirects at
 * most, each of which is checked like the first. Sends no credentials and no cookies.
 */
final class PublicHttp {

    private static final int REDIRECTS = 3;
    private static final Set<Integer> PORTS = Set.of(-1, 80, 443);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;

    /**
     * @param resolvers decide which addresses may be contacted at all
     */
    PublicHttp(ConnectionProvider connections, AddressResolverGroup<InetSocketAddress> resolvers) {
        this.client =
                HttpClient.create(connections)
                        .resolver(resolvers)
                        .followRedirect(false)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) CONNECT_TIMEOUT.toMillis())
                        .responseTimeout(RESPONSE_TIMEOUT);
    }

    /** Contacts public addresses only, as these name servers know them. */
    static PublicHttp over(
            ConnectionProvider connections, AddressResolverGroup<InetSocketAddress> nameServers) {
        return new PublicHttp(connections, new PublicAddresses(nameServers));
    }

    /** Gets an address. Fails with {@link MediaUnavailable}. */
    Mono<Answer> get(String address) {
        return get(address, REDIRECTS);
    }

    private Mono<Answer> get(String address, int redirects) {
        var target = target(address);
        if (target == null) {
            return Mono.error(refused());
        }
        return client.get()
                .uri(target)
                .responseConnection(
                        (response, connection) -> Mono.just(new Answer(response, connection)))
                .next()
                .onErrorMap(
                        error -> !(error instanceof MediaUnavailable),
                        error -> new MediaUnavailable("the file's address does not answer", false))
                .flatMap(answer -> followed(target, answer, redirects));
    }

    private Mono<Answer> followed(URI from, Answer answer, int redirects) {
        int status = answer.response().status().code();
        if (status == 200) {
            return Mono.just(answer);
        }
        answer.connection().dispose();
        var location = answer.response().responseHeaders().get("Location");
        if (status < 300 || status >= 400 || location == null) {
            return Mono.error(
                    new MediaUnavailable("the file's address answers " + status, status < 500));
        }
        if (redirects == 0) {
            return Mono.error(refused());
        }
        try {
            return get(from.resolve(location).toString(), redirects - 1);
        } catch (IllegalArgumentException e) {
            return Mono.error(refused());
        }
    }

    private static @Nullable URI target(String address) {
        try {
            var target = new URI(address);
            boolean http = "http".equals(target.getScheme()) || "https".equals(target.getScheme());
            return http
                            && target.getHost() != null
                            && target.getRawUserInfo() == null
                            && PORTS.contains(target.getPort())
                    ? target
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static MediaUnavailable refused() {
        return new MediaUnavailable("the file's address is not one we fetch from", true);
    }

    /** A response whose body nobody has read yet. The connection must be read or disposed of. */
    record Answer(HttpClientResponse response, Connection connection) {}
}
