package io.guanjia.gateway.desk;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;

import reactor.netty.http.server.WebsocketServerSpec;

/** Wires the desk's socket. */
@Configuration(proxyBeanMethods = false)
public class DeskConfiguration {

    /** What a client sends is short. */
    private static final int LONGEST_FRAME = 8 * 1024;

    @Bean
    RequestUpgradeStrategy deskWebSockets() {
        return new ReactorNettyRequestUpgradeStrategy(
                () -> WebsocketServerSpec.builder().maxFramePayloadLength(LONGEST_FRAME));
    }
}
