package io.guanjia.adapters.wechat;

import io.guanjia.weixin.api.ErrorTable;
import io.guanjia.weixin.api.Meaning;

import me.chanjar.weixin.common.error.WxMpErrorMsgEnum;

/**
 * What the platform's error codes mean to an official account. The words for people come from
 * WxJava's list (WxMpErrorMsgEnum); codes are those of 微信开放文档, 全局返回码说明.
 */
final class WechatErrors {

    static final ErrorTable TABLE =
            ErrorTable.shared(WxMpErrorMsgEnum::findMsgByCode)
                    // Not, or no longer, a follower.
                    .with(Meaning.UNREACHABLE, 43004, 50005)
                    .with(Meaning.ALREADY_SENT, 45065)
                    .with(Meaning.TOO_FAST, 45066)
                    .with(Meaning.REFUSED, 43104, 43116, 45064, 45067, 45157, 45158, 45159);

    private WechatErrors() {}
}
