package io.guanjia.sandbox.app;

import io.guanjia.sandbox.NewAccount;
import io.guanjia.sandbox.fault.FaultControl;
import io.guanjia.sandbox.http.Exchange;
import io.guanjia.sandbox.http.Problems;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.util.List;

/** What tests and pages tell the company: {@code /sandbox/api/app}. */
final class AppControl {

    private final AppPlatform platform;

    AppControl(AppPlatform platform) {
        this.platform = platform;
    }

    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .path(
                        "/sandbox/api/app",
                        routes -> {
                            routes.GET("/accounts", request -> Exchange.ok(all()))
                                    .POST("/accounts", this::open)
                                    .GET("/accounts/{account}/pushes", this::pushes);
                            // No page shows those of an app, so none is told.
                            new FaultControl<>(platform::account, CompanyApp::faults, app -> {})
                                    .addTo(routes);
                            routes.filter(Problems::filter);
                        })
                .build();
    }

    private record AccountView(String name, int phones) {
        static AccountView of(CompanyApp app) {
            return new AccountView(app.name(), app.customers().size());
        }
    }

    private List<AccountView> all() {
        return platform.accounts().stream().map(AccountView::of).toList();
    }

    /** Takes {@code name}, {@code callback} and the keys of the gateway's settings. */
    private Mono<ServerResponse> open(ServerRequest request) {
        return Exchange.body(request)
                .map(NewAccount::of)
                .flatMap(
                        given -> {
                            platform.open(given.name(), given.settings(), given.callback());
                            var app = platform.account(given.name());
                            return Exchange.created(AccountView.of(app));
                        });
    }

    private Mono<ServerResponse> pushes(ServerRequest request) {
        var app = platform.account(request.pathVariable("account"));
        return Exchange.ok(app.pushes().all());
    }
}
