package io.guanjia.adapters.sms.aliyun;

import io.guanjia.adapters.sms.ErrorTable;
import io.guanjia.adapters.sms.ErrorTable.Meaning;
import io.guanjia.adapters.sms.SmsFailure;

/**
 * What the codes of SendSms mean (阿里云短信服务, API错误码, document 101346; 公共错误码). The limits of one
 * number share a code and differ in their words: minute and hour by the clock on the wall, the day
 * by the last 24 hours (短信发送频率限制).
 */
final class AliyunErrors {

    static final String OK = "OK";

    private static final String LIMIT = "isv.BUSINESS_LIMIT_CONTROL";

    static final ErrorTable TABLE =
            ErrorTable.of(
                    """
                    BUSY isp.SYSTEM_ERROR 系统错误
                    BUSY isp.GATEWAY_ERROR 网关错误
                    BUSY InternalError 内部错误
                    BUSY ServiceUnavailable 服务不可用
                    BUSY ServiceUnavailableTemporary 服务暂时不可用
                    UNCLEAR SignatureNonceUsed 请求重复
                    TOO_FAST Throttling* 调用太频繁
                    REST_DAY isv.BUSINESS_LIMIT_CONTROL 号码触发流控
                    DAY_QUOTA isv.DAY_LIMIT_CONTROL 触发日发送限额
                    MONTH_QUOTA isv.MONTH_LIMIT_CONTROL 触发月发送限额
                    UNREACHABLE isv.MOBILE_NUMBER_ILLEGAL 手机号码格式错误
                    REFUSED isv.BLACK_KEY_CONTROL_LIMIT 黑名单管控：变量内容含有限制发送的内容
                    REFUSED isv.SMS_CONTENT_ILLEGAL 短信内容包含禁止发送内容
                    REFUSED isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE 短信内容和模版属性不匹配
                    REFUSED isv.MOBILE_COUNT_OVER_LIMIT 手机号码数量超过限制
                    REFUSED isv.TEMPLATE_MISSING_PARAMETERS 模版变量缺少参数
                    REFUSED isv.TEMPLATE_PARAMS_ILLEGAL 模版变量不合法
                    REFUSED isv.INVALID_PARAMETERS 参数异常
                    REFUSED isv.INVALID_JSON_PARAM 参数格式错误
                    REFUSED isv.PARAM_LENGTH_LIMIT 参数超出长度限制
                    REFUSED isv.PARAM_NOT_SUPPORT_URL 变量不支持传入URL
                    REFUSED isv.UNSUPPORTED_CONTENT 内容含不支持的字符
                    REFUSED isv.DOMESTIC_NUMBER_NOT_SUPPORTED 国际模版不支持境内号码
                    TEMPLATE isv.SMS_TEMPLATE_ILLEGAL 模版不合法
                    TEMPLATE isv.SMS_SIGNATURE_SCENE_ILLEGAL 签名和模版类型不一致
                    SIGN isv.SMS_SIGNATURE_ILLEGAL 签名不合法
                    SIGN isv.SMS_SIGN_ILLEGAL 签名禁止使用
                    SIGN isv.SIGN_STATE_ILLEGAL 签名状态不可用
                    SIGN isv.SIGN_NAME_ILLEGAL 签名名称不符合规范
                    SIGN isv.EXTEND_CODE_ERROR 扩展码使用错误
                    BALANCE isv.AMOUNT_NOT_ENOUGH 账户余额不足
                    BALANCE isv.OUT_OF_SERVICE 业务停机
                    CREDENTIALS isp.RAM_PERMISSION_DENY RAM权限不足
                    CREDENTIALS isv.PRODUCT_UN_SUBSCRIPT 未开通云通信产品
                    CREDENTIALS isv.PRODUCT_UNSUBSCRIBE 产品未开通
                    CREDENTIALS isv.ACCOUNT_NOT_EXISTS 账户不存在
                    CREDENTIALS isv.ACCOUNT_ABNORMAL 账户异常
                    CREDENTIALS isv.DENY_IP_RANGE 源IP所在地区被禁用
                    CREDENTIALS InvalidAccessKeyId* AccessKey ID 无效
                    CREDENTIALS SignatureDoesNotMatch 签名计算错误，请核对 AccessKey Secret
                    CREDENTIALS InvalidTimeStamp* 时间戳错误，请校准服务器时间
                    CREDENTIALS IncompleteSignature 签名不完整
                    CREDENTIALS Forbidden* 没有权限
                    CREDENTIALS NoPermission 没有权限
                    """);

    private AliyunErrors() {}

    /**
     * @param message the platform's words, of which only the span of a limit is used
     */
    static Meaning find(String code, String message) {
        var meaning = TABLE.find(code);
        if (!code.equals(LIMIT)) {
            return meaning;
        }
        if (message.contains("分钟")) {
            return new Meaning(SmsFailure.REST_MINUTE, LIMIT + " 触发分钟级流控");
        }
        if (message.contains("小时")) {
            return new Meaning(SmsFailure.REST_HOUR, LIMIT + " 触发小时级流控");
        }
        return message.contains("天")
                ? new Meaning(SmsFailure.REST_DAY, LIMIT + " 触发天级流控")
                : meaning;
    }
}
