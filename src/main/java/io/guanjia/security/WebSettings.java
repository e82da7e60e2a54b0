package io.guanjia.security;

import io.guanjia.gateway.network.Networks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.List;

/**
 * Settings under {@code guanjia.web}.
 *
 * @param trustedProxies addresses or networks of the load balancers in front of us, whose {@code
 *     X-Forwarded-*} headers are believed; empty where there are none
 */
@ConfigurationProperties("guanjia.web")
record WebSettings(@DefaultValue List<String> trustedProxies) {

    WebSettings {
        trustedProxies = List.copyOf(trustedProxies);
        Networks.of(trustedProxies);
    }
}
