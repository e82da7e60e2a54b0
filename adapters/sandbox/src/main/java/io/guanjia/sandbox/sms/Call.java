package io.guanjia.sandbox.sms;

import io.netty.handler.codec.http.QueryStringDecoder;

import org.springframework.web.reactive.function.server.ServerRequest;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One call of the account's server.
 *
 * @param query decoded, by name
 * @param headers by name in lower case
 */
record Call(String method, Map<String, String> query, Map<String, String> headers, String body) {

    static Call of(ServerRequest request, String body) {
        var query = new TreeMap<String, String>();
        new QueryStringDecoder("?" + Objects.requireNonNullElse(request.uri().getRawQuery(), ""))
                .parameters()
                .forEach((name, values) -> query.put(name, values.getFirst()));
        var headers =
                request.headers().asHttpHeaders().headerSet().stream()
                        .collect(
                                Collectors.toMap(
                                        header -> header.getKey().toLowerCase(Locale.ROOT),
                                        header -> header.getValue().getFirst().strip(),
                                        (first, second) -> first));
        return new Call(request.method().name(), query, headers, body);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
