package io.guanjia.sandbox.quota;

import io.guanjia.sandbox.http.Exchange;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.util.function.Function;

/** Quotas as they stand and as they shall be: {@code /accounts/{account}/quotas}. */
public final class QuotaControl {

    private static final String QUOTAS = "/accounts/{account}/quotas";

    private final Function<String, CallQuotas> accounts;

    /**
     * @param accounts finds those of an account by its name, and fails where there is none
     */
    public QuotaControl(Function<String, CallQuotas> accounts) {
        this.accounts = accounts;
    }

    public void addTo(RouterFunctions.Builder routes) {
        routes.GET(QUOTAS, this::all).PUT(QUOTAS, this::change);
    }

    private CallQuotas quotas(ServerRequest request) {
        return accounts.apply(request.pathVariable("account"));
    }

    private Mono<ServerResponse> all(ServerRequest request) {
        return Exchange.ok(quotas(request).usage());
    }

    /**
     * @param limit the new limit; null leaves it
     * @param exhausted whether nothing is to be left for now
     */
    private record Change(String api, @Nullable Integer limit, boolean exhausted) {}

    private Mono<ServerResponse> change(ServerRequest request) {
        var quotas = quotas(request);
        return Exchange.body(request, Change.class)
                .flatMap(
                        change -> {
                            if (change.limit() != null) {
                                quotas.limit(change.api(), change.limit());
                            }
                            if (change.exhausted()) {
                                quotas.exhaust(change.api());
                            }
                            return Exchange.ok(quotas.usage());
                        });
    }
}
