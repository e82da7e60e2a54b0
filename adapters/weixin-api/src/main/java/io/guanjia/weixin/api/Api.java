package io.guanjia.weixin.api;

/** The platform's calls that we use. Labels are what the gateway paces and blocks by. */
public enum Api {
    /** 客服消息. */
    CUSTOM_SEND("custom-send", "/cgi-bin/message/custom/send"),
    /** 客服输入状态. */
    TYPING("typing", "/cgi-bin/message/custom/typing"),
    /** 模板消息 of an official account. */
    TEMPLATE_SEND("template-send", "/cgi-bin/message/template/send"),
    /** 订阅通知 of an official account. */
    SUBSCRIBE_BIZSEND("subscribe-bizsend", "/cgi-bin/message/subscribe/bizsend"),
    /** 订阅消息 of a mini program. */
    SUBSCRIBE_SEND("subscribe-send", "/cgi-bin/message/subscribe/send"),
    /** 上传临时素材. */
    MEDIA_UPLOAD("media-upload", "/cgi-bin/media/upload"),
    /** 获取临时素材. */
    MEDIA_GET("media-get", "/cgi-bin/media/get"),
    /** 查询API调用额度. */
    QUOTA_GET("quota-get", "/cgi-bin/openapi/quota/get"),
    /** 获取稳定版接口调用凭据. */
    STABLE_TOKEN("stable-token", "/cgi-bin/stable_token");

    private final String label;
    private final String path;

    Api(String label, String path) {
        this.label = label;
        this.path = path;
    }

    public String label() {
        return label;
    }

    public String path() {
        return path;
    }
}
