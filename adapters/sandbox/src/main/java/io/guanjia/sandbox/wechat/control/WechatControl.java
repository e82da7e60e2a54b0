package io.guanjia.sandbox.wechat.control;

import io.guanjia.sandbox.fault.FaultControl;
import io.guanjia.sandbox.http.Problems;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatPlatform;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Everything under {@code /sandbox/api/wechat}, or whatever the product's channel is called.
 * Described in the module's README.
 */
public final class WechatControl {

    private final WechatPlatform platform;

    public WechatControl(WechatPlatform platform) {
        this.platform = platform;
    }

    public RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .path(
                        "/sandbox/api/" + platform.product().channel(),
                        routes -> {
                            new AccountControl(platform).addTo(routes);
                            new CustomerControl(platform).addTo(routes);
                            new FaultControl<>(
                                            platform::require,
                                            WechatAccount::faults,
                                            WechatAccount::faultsChanged)
                                    .addTo(routes);
                            routes.filter(Problems::filter);
                        })
                .build();
    }
}
