package io.guanjia.sandbox.wechat.control;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatPlatform;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.util.NoSuchElementException;

/** Faults on and off. */
final class FaultControl {

    private final WechatPlatform platform;

    FaultControl(WechatPlatform platform) {
        this.platform = platform;
    }

    void addTo(RouterFunctions.Builder routes) {
        routes.GET("/accounts/{account}/faults", this::all)
                .POST("/accounts/{account}/faults", this::add)
                .DELETE("/accounts/{account}/faults", this::clear)
                .DELETE("/accounts/{account}/faults/{id}", this::remove);
    }

    private WechatAccount account(ServerRequest request) {
        return platform.require(request.pathVariable("account"));
    }

    private Mono<ServerResponse> all(ServerRequest request) {
        return Exchange.ok(account(request).faults().active());
    }

    /**
     * @param probability every time when missing
     * @param times without end when missing
     */
    private record NewFault(
            String target, Effect effect, @Nullable Double probability, @Nullable Integer times) {

        Fault fault() {
            return new Fault(target, effect, probability == null ? 1 : probability, times);
        }
    }

    private Mono<ServerResponse> add(ServerRequest request) {
        var account = account(request);
        return Exchange.body(request, NewFault.class)
                .flatMap(
                        given -> {
                            var active = account.faults().add(given.fault());
                            account.faultsChanged();
                            return Exchange.created(active);
                        });
    }

    private Mono<ServerResponse> clear(ServerRequest request) {
        var account = account(request);
        account.faults().clear();
        account.faultsChanged();
        return Exchange.done();
    }

    private Mono<ServerResponse> remove(ServerRequest request) {
        var account = account(request);
        var id = request.pathVariable("id");
        if (!id.matches("\\d{1,9}") || !account.faults().remove(Integer.parseInt(id))) {
            throw new NoSuchElementException("no such fault");
        }
        account.faultsChanged();
        return Exchange.done();
    }
}
