package io.guanjia.sandbox.wechat.callback;

import com.fasterxml.jackson.annotation.JsonProperty;

/** 数据格式 as set in a mini program's console. Official accounts get XML. */
public enum Format {
    @JsonProperty("xml")
    XML,

    @JsonProperty("json")
    JSON
}
