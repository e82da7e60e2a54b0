package io.guanjia.sandbox.wechat.control;

import io.guanjia.sandbox.http.Exchange;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wechat.AccountSettings;
import io.guanjia.sandbox.wechat.MessageTemplate;
import io.guanjia.sandbox.wechat.Rush;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatPlatform;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.NoSuchElementException;

/** Accounts and what belongs to a whole account. */
final class AccountControl {

    private final WechatPlatform platform;

    AccountControl(WechatPlatform platform) {
        this.platform = platform;
    }

    void addTo(RouterFunctions.Builder routes) {
        routes.GET("/accounts", request -> Exchange.ok(all()))
                .POST("/accounts", this::open)
                .GET("/accounts/{account}", request -> Exchange.ok(account(request).settings()))
                .PUT("/accounts/{account}", this::change)
                .DELETE("/accounts/{account}", this::close)
                .POST("/accounts/{account}/verify", this::verify)
                .POST("/accounts/{account}/tokens/{what}", this::endTokens)
                .GET("/accounts/{account}/menu", request -> Exchange.ok(menu(account(request))))
                .PUT("/accounts/{account}/menu", this::setMenu)
                .GET("/accounts/{account}/templates", this::templates)
                .POST("/accounts/{account}/templates", this::addTemplate)
                .GET("/accounts/{account}/quotas", this::quotas)
                .PUT("/accounts/{account}/quotas", this::setQuota)
                .GET("/accounts/{account}/counters", this::counters)
                .GET("/accounts/{account}/calls", this::calls)
                .GET("/accounts/{account}/callbacks", this::callbacks)
                .POST("/accounts/{account}/rushes", this::rush)
                .GET("/accounts/{account}/rushes/latest", this::progress)
                .DELETE("/accounts/{account}/rushes/latest", this::stopRush);
    }

    /** The account a path names. */
    WechatAccount account(ServerRequest request) {
        return platform.require(request.pathVariable("account"));
    }

    private List<AccountSettings> all() {
        return platform.accounts().stream().map(WechatAccount::settings).toList();
    }

    private Mono<ServerResponse> open(ServerRequest request) {
        return Exchange.body(request)
                .flatMap(
                        given -> {
                            var name = Json.text(given, "name");
                            var defaults =
                                    platform.product().account(name, AccountSettings.NOWHERE);
                            var account = platform.open(merged(defaults, given));
                            return Exchange.created(account.settings());
                        });
    }

    private Mono<ServerResponse> change(ServerRequest request) {
        var account = account(request);
        return Exchange.body(request)
                .flatMap(
                        given -> {
                            account.change(merged(account.settings(), given));
                            return Exchange.ok(account.settings());
                        });
    }

    private static AccountSettings merged(AccountSettings present, ObjectNode given) {
        ObjectNode all = Json.MAPPER.valueToTree(present);
        overlay(all, given);
        return Json.read(all, AccountSettings.class);
    }

    private static void overlay(ObjectNode all, ObjectNode given) {
        given.properties()
                .forEach(
                        field -> {
                            if (field.getValue() instanceof ObjectNode deeper
                                    && all.get(field.getKey()) instanceof ObjectNode present) {
                                overlay(present, deeper);
                            } else {
                                all.set(field.getKey(), field.getValue());
                            }
                        });
    }

    private Mono<ServerResponse> close(ServerRequest request) {
        platform.close(account(request).name());
        return Exchange.done();
    }

    private Mono<ServerResponse> verify(ServerRequest request) {
        return account(request)
                .verify()
                .flatMap(verified -> Exchange.ok(Json.object().put("verified", verified)));
    }

    private Mono<ServerResponse> endTokens(ServerRequest request) {
        var tokens = account(request).tokens();
        switch (request.pathVariable("what")) {
            case "revoke" -> tokens.revokeAll();
            case "expire" -> tokens.expireAll();
            default -> throw new NoSuchElementException("tokens can be revoked or expired");
        }
        return Exchange.done();
    }

    private static ObjectNode menu(WechatAccount account) {
        var menu = account.menu();
        var parsed = menu == null ? null : Json.readObject(menu);
        return parsed == null ? Json.object() : parsed;
    }

    private Mono<ServerResponse> setMenu(ServerRequest request) {
        var account = account(request);
        return Exchange.body(request)
                .flatMap(
                        menu -> {
                            account.menu(menu.isEmpty() ? null : menu.toString());
                            return Exchange.ok(menu(account));
                        });
    }

    private Mono<ServerResponse> templates(ServerRequest request) {
        return Exchange.ok(account(request).templates().values());
    }

    private Mono<ServerResponse> addTemplate(ServerRequest request) {
        var account = account(request);
        return Exchange.body(request, MessageTemplate.class)
                .flatMap(
                        template -> {
                            account.add(template);
                            return Exchange.created(template);
                        });
    }

    private Mono<ServerResponse> quotas(ServerRequest request) {
        return Exchange.ok(account(request).quotas().usage());
    }

    /**
     * @param perDay the new limit; null leaves it
     * @param exhausted whether nothing is to be left today
     */
    private record QuotaChange(String api, @Nullable Integer perDay, boolean exhausted) {}

    private Mono<ServerResponse> setQuota(ServerRequest request) {
        var quotas = account(request).quotas();
        return Exchange.body(request, QuotaChange.class)
                .flatMap(
                        change -> {
                            if (change.perDay() != null) {
                                quotas.limit(change.api(), change.perDay());
                            }
                            if (change.exhausted()) {
                                quotas.exhaust(change.api());
                            }
                            return Exchange.ok(quotas.usage());
                        });
    }

    private Mono<ServerResponse> counters(ServerRequest request) {
        return Exchange.ok(account(request).counters().snapshot());
    }

    private Mono<ServerResponse> calls(ServerRequest request) {
        return Exchange.ok(
                account(request)
                        .calls()
                        .after(
                                Exchange.number(request, "after", 0),
                                (int) Exchange.number(request, "limit", 100)));
    }

    private Mono<ServerResponse> callbacks(ServerRequest request) {
        return Exchange.ok(
                account(request)
                        .callbacks()
                        .after(
                                Exchange.number(request, "after", 0),
                                (int) Exchange.number(request, "limit", 100)));
    }

    private Mono<ServerResponse> rush(ServerRequest request) {
        var account = account(request);
        return Exchange.body(request)
                .map(
                        given -> {
                            ObjectNode plan = Json.MAPPER.valueToTree(Rush.Plan.of(10, 100));
                            overlay(plan, given);
                            return account.rush(Json.read(plan, Rush.Plan.class));
                        })
                .flatMap(rush -> Exchange.created(rush.progress()));
    }

    private Mono<ServerResponse> progress(ServerRequest request) {
        return Exchange.ok(latestRush(request).progress());
    }

    private Mono<ServerResponse> stopRush(ServerRequest request) {
        latestRush(request).stop();
        return Exchange.done();
    }

    private Rush latestRush(ServerRequest request) {
        var rush = account(request).latestRush();
        if (rush == null) {
            throw new NoSuchElementException("there was no rush");
        }
        return rush;
    }
}
