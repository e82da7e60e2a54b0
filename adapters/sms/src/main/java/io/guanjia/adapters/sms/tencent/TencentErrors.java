package io.guanjia.adapters.sms.tencent;

import io.guanjia.adapters.sms.ErrorTable;

/**
 * What the codes of SendSms and DescribeSmsTemplateList mean (腾讯云短信, 错误码, documents 382/59177 and
 * 382/52075).
 */
final class TencentErrors {

    static final String OK = "Ok";

    static final ErrorTable TABLE =
            ErrorTable.of(
                    """
                    BUSY InternalError* 内部错误
                    BUSY ResourceUnavailable 资源不可用
                    TOO_FAST RequestLimitExceeded* 请求频率超过限制
                    REST_HALF_MINUTE LimitExceeded.PhoneNumberThirtySecondLimit 单个手机号30秒内下发条数超过上限
                    REST_MINUTE LimitExceeded.DeliveryFrequencyLimit 命中频率限制策略
                    REST_HOUR LimitExceeded.PhoneNumberOneHourLimit 单个手机号1小时内下发条数超过上限
                    REST_DAY LimitExceeded.PhoneNumberDailyLimit 单个手机号日下发条数超过上限
                    REST_DAY LimitExceeded.PhoneNumberSameContentDailyLimit 单个手机号下发相同内容超过上限
                    DAY_QUOTA LimitExceeded.AppDailyLimit 业务短信日下发条数超过上限
                    DAY_QUOTA LimitExceeded.DailyLimit 日下发条数超过上限
                    DAY_QUOTA LimitExceeded.AppMainlandChinaDailyLimit 应用国内短信日下发条数超过上限
                    DAY_QUOTA LimitExceeded.AppGlobalDailyLimit 应用国际短信日下发条数超过上限
                    REFUSED LimitExceeded.PhoneNumberCountLimit 单次提交的手机号超过200个
                    REST_DAY LimitExceeded* 超过配额限制
                    NIGHT FailedOperation.MarketingSendTimeConstraint 营销短信只允许在8点到22点发送
                    UNREACHABLE FailedOperation.PhoneNumberInBlacklist 手机号在免打扰名单库中
                    UNREACHABLE FailedOperation.PhoneNumberParseFail 号码解析失败
                    UNREACHABLE InvalidParameterValue.IncorrectPhoneNumber 手机号格式错误
                    REFUSED FailedOperation.ContainSensitiveWord 内容含敏感词
                    REFUSED FailedOperation.FailResolvePacket 请求包解析失败
                    REFUSED FailedOperation.JsonParseFail 请求包体解析失败
                    REFUSED FailedOperation.TemplateParamSetNotMatchApprovedTemplate 参数与模板不匹配
                    REFUSED InvalidParameterValue.ContentLengthLimit 短信内容太长
                    REFUSED InvalidParameterValue.TemplateParameterFormatError 模板参数格式错误
                    REFUSED InvalidParameterValue.TemplateParameterLengthLimit 模板参数过长
                    REFUSED InvalidParameterValue.ProhibitedUseUrlInTemplateParameter 模板变量中禁止使用URL
                    REFUSED UnsupportedOperation* 不支持该请求
                    TEMPLATE FailedOperation.TemplateIncorrectOrUnapproved 模板未审批或内容不匹配
                    TEMPLATE FailedOperation.TemplateUnapprovedOrNotExist 模板未审批或不存在
                    TEMPLATE FailedOperation.TemplateIdNotExist 模板ID不存在
                    TEMPLATE FailedOperation.MissingTemplateToModify 模板ID未提交申请或不存在
                    SIGN FailedOperation.SignatureIncorrectOrUnapproved 签名未审批或格式错误
                    BALANCE FailedOperation.InsufficientBalanceInSmsPackage 套餐包余量不足
                    BALANCE UnauthorizedOperation.ServiceSuspendDueToArrears 欠费被停止服务
                    CREDENTIALS UnauthorizedOperation* 没有权限
                    CREDENTIALS AuthFailure* 密钥、签名或时间错误
                    CREDENTIALS IpNotInWhitelist 请求IP不在白名单中
                    CREDENTIALS IpInBlacklist 请求IP在黑名单中
                    CREDENTIALS InvalidParameterValue.SdkAppIdNotExist SdkAppId不存在
                    """);

    private TencentErrors() {}
}
