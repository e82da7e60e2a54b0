package io.guanjia.weixin.api;

import io.guanjia.gateway.media.SafeFetch;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** What the channels of this family need besides the gateway. */
@AutoConfiguration
public class WeixinApiConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Strangers weixinStrangers(SafeFetch fetch) {
        return fetch::fetch;
    }
}
