package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.NewAccount;
import io.guanjia.sandbox.fault.FaultControl;
import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.http.Exchange;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.http.Problems;
import io.guanjia.sandbox.quota.QuotaControl;
import io.guanjia.sandbox.weibo.WeiboAccount.TokenState;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.List;
import java.util.NoSuchElementException;

/** What tests and pages tell the platform: {@code /sandbox/api/weibo}. */
final class WeiboControl {

    private static final String ACCOUNT = "/accounts/{account}";
    private static final int MOST = 10_000;

    private final WeiboPlatform platform;

    WeiboControl(WeiboPlatform platform) {
        this.platform = platform;
    }

    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .path(
                        "/sandbox/api/weibo",
                        routes -> {
                            routes.GET("/accounts", request -> Exchange.ok(all()))
                                    .POST("/accounts", this::open)
                                    .POST(ACCOUNT + "/verify", this::verify)
                                    .POST(ACCOUNT + "/token/{what}", this::changeToken)
                                    .GET(ACCOUNT + "/callbacks", this::callbacks)
                                    .GET(ACCOUNT + "/calls", this::calls);
                            new FaultControl<>(
                                            platform::account,
                                            WeiboAccount::faults,
                                            account -> account.publish("faults", ""))
                                    .addTo(routes);
                            new QuotaControl(name -> platform.account(name).quotas()).addTo(routes);
                            routes.filter(Problems::filter);
                        })
                .build();
    }

    private record AccountView(String name, long uid, URI callback, TokenState token) {}

    private List<AccountView> all() {
        return platform.accounts().stream().map(WeiboControl::view).toList();
    }

    private static AccountView view(WeiboAccount account) {
        return new AccountView(account.name(), account.uid(), account.callback(), account.token());
    }

    /** Takes {@code name}, {@code callback} and the keys of the gateway's settings. */
    private Mono<ServerResponse> open(ServerRequest request) {
        return Exchange.body(request)
                .map(NewAccount::of)
                .flatMap(
                        given -> {
                            platform.open(given.name(), given.settings(), given.callback());
                            return Exchange.created(view(platform.account(given.name())));
                        });
    }

    private WeiboAccount account(ServerRequest request) {
        return platform.account(request.pathVariable("account"));
    }

    private Mono<ServerResponse> verify(ServerRequest request) {
        return account(request)
                .verify()
                .flatMap(verified -> Exchange.ok(Json.object().put("verified", verified)));
    }

    private Mono<ServerResponse> changeToken(ServerRequest request) {
        account(request)
                .token(
                        switch (request.pathVariable("what")) {
                            case "expire" -> TokenState.EXPIRED;
                            case "revoke" -> TokenState.REVOKED;
                            case "restore" -> TokenState.GOOD;
                            default ->
                                    throw new NoSuchElementException(
                                            "a token can be expired, revoked or restored");
                        });
        return Exchange.done();
    }

    private Mono<ServerResponse> callbacks(ServerRequest request) {
        return after(request, account(request).callbacks());
    }

    private Mono<ServerResponse> calls(ServerRequest request) {
        return after(request, account(request).calls());
    }

    private static Mono<ServerResponse> after(ServerRequest request, History<?> history) {
        var limit = Math.min(Exchange.number(request, "limit", 100), MOST);
        return Exchange.ok(history.after(Exchange.number(request, "after", 0), (int) limit));
    }
}
