package io.guanjia.gateway.media;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An address that may be fetched from as far as its spelling goes.
 *
 * @param host without brackets
 * @param literal the address, where the host spells one
 * @param allowed whether the settings name it, so that it may be a private one
 */
record Target(URI uri, String host, int port, Optional<InetAddress> literal, boolean allowed) {

    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z][a-z0-9-]*");
    private static final Pattern QUAD =
            Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    /**
     * Fails with {@link FetchRefused}. Numbers that are an address in disguise (decimal, octal,
     * hexadecimal, shortened) are not names, and so are refused without asking anybody.
     */
    static Target of(URI uri, Set<String> allowedHosts) {
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new FetchRefused("scheme");
        }
        if (uri.getRawUserInfo() != null) {
            throw new FetchRefused("user-info");
        }
        if (uri.getHost() == null) {
            throw new FetchRefused("host");
        }
        var usual = scheme.equals("http") ? 80 : 443;
        var port = uri.getPort() == -1 ? usual : uri.getPort();
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        var allowed = allowedHosts.contains(host + ":" + port);
        if (!allowed && port != usual) {
            throw new FetchRefused("port");
        }
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Target(uri, bare, port, literal(host, bare), allowed);
    }

    boolean mayBe(InetAddress address) {
        return allowed || PublicAddress.is(address);
    }

    private static Optional<InetAddress> literal(String host, String bare) {
        if ((host.startsWith("[") && !bare.contains("%")) || QUAD.matcher(host).matches()) {
            return Optional.of(parse(bare));
        }
        if (NAME.matcher(host).matches()) {
            return Optional.empty();
        }
        throw new FetchRefused("host");
    }

    /** Asks no name server: the spelling is that of an address. */
    private static InetAddress parse(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new FetchRefused("host");
        }
    }
}
