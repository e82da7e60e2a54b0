package io.guanjia.sandbox;

import io.guanjia.sandbox.http.Json;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * An account that a platform is to know, as its control API takes it: a flat object of {@code
 * name}, {@code callback} and the keys of the gateway's settings.
 *
 * @param settings all that is neither name nor callback
 */
public record NewAccount(String name, Map<String, String> settings, URI callback) {

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when name or callback is missing or the latter no address
     */
    public static NewAccount of(ObjectNode body) {
        var settings = Json.texts(body);
        var name = Objects.requireNonNullElse(settings.remove("name"), "");
        var callback = settings.remove("callback");
        if (name.isBlank() || callback == null) {
            throw new IllegalArgumentException("name or callback is missing");
        }
        return new NewAccount(name, settings, URI.create(callback));
    }

    /** Leaves out the secrets. */
    @Override
    public String toString() {
        return "NewAccount[" + name + "]";
    }
}
