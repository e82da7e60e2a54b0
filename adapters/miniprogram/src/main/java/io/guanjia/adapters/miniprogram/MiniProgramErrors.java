package io.guanjia.adapters.miniprogram;

import io.guanjia.weixin.api.ErrorTable;
import io.guanjia.weixin.api.Meaning;

import me.chanjar.weixin.common.error.WxMaErrorMsgEnum;

/**
 * What the platform's error codes mean to a mini program. The words for people come from WxJava's
 * list (WxMaErrorMsgEnum); codes are those of 微信开放文档, 发送客服消息 and 发送订阅消息.
 */
final class MiniProgramErrors {

    static final ErrorTable TABLE =
            ErrorTable.shared(WxMaErrorMsgEnum::findMsgByCode)
                    // 调用分钟频率受限: of the minute here, where an official account's is of the day.
                    .with(Meaning.TOO_FAST, 45009)
                    // The wrong type of file; a template of another kind.
                    .with(Meaning.REFUSED, 40004, 43104, 43116);

    private MiniProgramErrors() {}
}
