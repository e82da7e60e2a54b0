package io.guanjia.sandbox.cmpp;

import io.guanjia.cmpp.protocol.Version;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * What the carrier knows of an account.
 *
 * @param sourceAddress 企业代码
 * @param version the highest that it speaks
 * @param serviceId 业务代码; empty for any
 * @param srcId 接入号; longer numbers that begin with it are the account's too
 * @param window how many of ours may be without an answer on one line
 * @param rate messages a second that it takes; null for any number
 * @param patience how long it waits for an answer before it delivers again
 * @param port to listen on, if it is the first account; 0 for any free one
 */
public record CarrierSettings(
        String name,
        String sourceAddress,
        String secret,
        Version version,
        String serviceId,
        String srcId,
        int window,
        @Nullable Integer rate,
        Duration patience,
        int port) {

    private static final Duration T = Duration.ofSeconds(60);

    /** By the keys of the gateway's settings file. */
    static CarrierSettings of(String name, Map<String, String> settings) {
        return new CarrierSettings(
                name,
                required(settings, "source-addr"),
                required(settings, "secret"),
                switch (settings.getOrDefault("version", "3.0")) {
                    case "2.0" -> Version.V2_0;
                    case "3.0" -> Version.V3_0;
                    default -> throw new IllegalArgumentException("version must be 2.0 or 3.0");
                },
                settings.getOrDefault("service-id", ""),
                required(settings, "src-id"),
                number(settings, "window", 16),
                settings.containsKey("rate") ? (Integer) number(settings, "rate", 1) : null,
                T,
                port(settings));
    }

    /** An account for tests that follows from its name. */
    public static CarrierSettings named(String name) {
        return new CarrierSettings(
                name,
                "900001",
                "sandbox-secret-of-" + name,
                Version.V3_0,
                "",
                "1069012345",
                16,
                null,
                T,
                0);
    }

    /** The same in another version. */
    public CarrierSettings speaking(Version other) {
        return new CarrierSettings(
                name, sourceAddress, secret, other, serviceId, srcId, window, rate, patience, port);
    }

    /** The same with another patience. */
    public CarrierSettings waiting(Duration other) {
        return new CarrierSettings(
                name, sourceAddress, secret, version, serviceId, srcId, window, rate, other, port);
    }

    private static String required(Map<String, String> settings, String key) {
        var value = settings.get(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(key + " must be set");
        }
        return value;
    }

    private static int number(Map<String, String> settings, String key, int otherwise) {
        var value = settings.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("\\d{1,6}(\\.0)?")) {
            throw new IllegalArgumentException(key + " must be a number");
        }
        return (int) Double.parseDouble(value);
    }

    private static int port(Map<String, String> settings) {
        var base = settings.get("api-base");
        if (base != null && !base.isBlank()) {
            return Math.max(0, URI.create(base).getPort());
        }
        return number(settings, "port", 0);
    }

    /** Leaves out the secret. */
    @Override
    public String toString() {
        return "CarrierSettings[name=" + name + ", sourceAddress=" + sourceAddress + "]";
    }
}
