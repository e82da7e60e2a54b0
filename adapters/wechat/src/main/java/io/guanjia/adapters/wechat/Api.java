package io.guanjia.adapters.wechat;

/** The platform's calls that we use. Labels are what the gateway paces and blocks by. */
enum Api {
    /** 客服消息. */
    CUSTOM_SEND("custom-send", "/cgi-bin/message/custom/send"),
    /** 客服输入状态. */
    TYPING("typing", "/cgi-bin/message/custom/typing"),
    /** 模板消息. */
    TEMPLATE_SEND("template-send", "/cgi-bin/message/template/send"),
    /** 订阅通知. */
    SUBSCRIBE_SEND("subscribe-bizsend", "/cgi-bin/message/subscribe/bizsend"),
    /** 上传临时素材. */
    MEDIA_UPLOAD("media-upload", "/cgi-bin/media/upload"),
    /** 获取临时素材. */
    MEDIA_GET("media-get", "/cgi-bin/media/get"),
    /** 获取稳定版接口调用凭据. */
    STABLE_TOKEN("stable-token", "/cgi-bin/stable_token");

    private final String label;
    private final String path;

    Api(String label, String path) {
        this.label = label;
        this.path = path;
    }

    String label() {
        return label;
    }

    String path() {
        return path;
    }
}
