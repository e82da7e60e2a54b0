package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.http.Json;

import org.springframework.web.reactive.function.server.ServerRequest;

import tools.jackson.databind.node.ObjectNode;

/**
 * A call of the server's while it is answered.
 *
 * @param api its path after {@code /cgi-bin/}
 * @param body what came with it, but for files
 */
record Attempt(String api, ServerRequest request, String body) {

    String query(String name) {
        return request.queryParam(name).orElse("");
    }

    ObjectNode json() {
        var json = Json.readObject(body);
        if (json == null) {
            throw new CorpRefusal(CorpError.NOT_JSON);
        }
        return json;
    }

    /** Leaves out what it says. */
    @Override
    public String toString() {
        return "Attempt[" + api + "]";
    }
}
