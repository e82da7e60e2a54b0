package io.guanjia.trials.peer;

import me.chanjar.weixin.mp.api.WxMpMessageRouter;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.api.impl.WxMpServiceImpl;
import me.chanjar.weixin.mp.config.impl.WxMpDefaultConfigImpl;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * The peer as one process. Takes {@code --peer.app-id}, {@code --peer.token} and {@code
 * --peer.aes-key}.
 */
@SpringBootApplication
public class MvcPeer {

    public static void main(String[] args) {
        SpringApplication.run(MvcPeer.class, args);
    }

    @Bean
    WxMpService wxMpService(
            @Value("${peer.app-id}") String appId,
            @Value("${peer.token}") String token,
            @Value("${peer.aes-key}") String aesKey) {
        var config = new WxMpDefaultConfigImpl();
        config.setAppId(appId);
        config.setToken(token);
        config.setAesKey(aesKey);
        var service = new WxMpServiceImpl();
        service.setWxMpConfigStorage(config);
        return service;
    }

    /** Drops what came before, in memory, as the library does by default. Has no answer. */
    @Bean
    WxMpMessageRouter router(WxMpService service) {
        var router = new WxMpMessageRouter(service);
        router.rule().async(false).handler((message, context, wx, sessions) -> null).end();
        return router;
    }
}
