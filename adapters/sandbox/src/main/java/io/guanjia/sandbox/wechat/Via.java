package io.guanjia.sandbox.wechat;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How something came into a chat. */
public enum Via {
    /** The customer did or wrote it. */
    @JsonProperty("customer")
    CUSTOMER,

    /** The account answered a callback with it. */
    @JsonProperty("passive")
    PASSIVE,

    /** The account sent it as a customer-service message. */
    @JsonProperty("service")
    SERVICE,

    /** The account sent a template message. */
    @JsonProperty("template")
    TEMPLATE,

    /** The account sent a subscription message. */
    @JsonProperty("subscription")
    SUBSCRIPTION,

    /** The platform says so. */
    @JsonProperty("platform")
    PLATFORM
}
