package io.guanjia.sandbox;

import io.guanjia.sandbox.phone.PhoneAccount;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import java.net.URI;
import java.util.Collection;
import java.util.Map;

/**
 * A platform that the sandbox stands in for, besides WeChat's official accounts. Everything it
 * holds is in memory. Safe for use by several threads.
 *
 * <p>To add one, make a package with an implementation and name its {@link PlatformFactory} in
 * {@code META-INF/services}; nothing else changes.
 */
public interface Platform extends AutoCloseable {

    /** The gateway's name for the channel, such as {@code weibo}. */
    String name();

    /**
     * Knows an account from now on, by the credentials that the gateway has.
     *
     * @param account its name
     * @param settings by the keys of the gateway's settings file, such as {@code app-secret}
     * @param callback where the platform calls
     * @throws IllegalArgumentException naming the key at fault
     */
    void open(String account, Map<String, String> settings, URI callback);

    /**
     * What stands in for the real host, all of it under {@code /} and {@link #name}: what the
     * gateway's {@code api-base} points to.
     */
    RouterFunction<ServerResponse> api();

    /** What tests and pages tell it, all of it under {@code /sandbox/api/} and {@link #name}. */
    RouterFunction<ServerResponse> control();

    /** The accounts as their customers see them. */
    Collection<? extends PhoneAccount> accounts();

    /** Forgets everything that happened; accounts stay as they are. */
    void reset();

    /** Lets go of its connections. */
    @Override
    void close();
}
