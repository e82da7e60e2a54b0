package io.guanjia.adapters.weibo;

import static java.util.Map.entry;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** What the platform calls its errors, for people at the desk. Source: 微博开放平台, 错误代码对照表. */
final class ErrorWords {

    private static final Map<Integer, String> WORDS =
            Map.ofEntries(
                    entry(10001, "系统错误"),
                    entry(10002, "服务暂停"),
                    entry(10003, "远程服务错误"),
                    entry(10004, "IP限制不能请求该资源"),
                    entry(10005, "该资源需要appkey拥有授权"),
                    entry(10006, "缺少source (appkey) 参数"),
                    entry(10007, "不支持的MediaType"),
                    entry(10008, "参数错误"),
                    entry(10009, "任务过多，系统繁忙"),
                    entry(10010, "任务超时"),
                    entry(10011, "RPC错误"),
                    entry(10012, "非法请求"),
                    entry(10013, "不合法的微博用户"),
                    entry(10014, "应用的接口访问权限受限"),
                    entry(10016, "缺失必选参数"),
                    entry(10017, "参数值非法"),
                    entry(10018, "请求长度超过限制"),
                    entry(10020, "接口不存在"),
                    entry(10021, "请求的HTTP METHOD不支持"),
                    entry(10022, "IP请求频次超过上限"),
                    entry(10023, "用户请求频次超过上限"),
                    entry(10024, "用户请求特殊接口频次超过上限"),
                    entry(20003, "用户不存在"),
                    entry(20008, "内容为空"),
                    entry(20012, "输入文字太长"),
                    entry(20013, "输入文字太长，请确认不超过300个字符"),
                    entry(20015, "账号、IP或应用非法，暂时无法完成此操作"),
                    entry(20016, "发布内容过于频繁"),
                    entry(20017, "提交相似的信息"),
                    entry(20018, "包含非法网址"),
                    entry(20019, "提交相同的信息"),
                    entry(20020, "包含广告信息"),
                    entry(20021, "包含非法内容"),
                    entry(20022, "此IP地址上的行为异常"),
                    entry(20031, "需要验证码"),
                    entry(20033, "登录状态异常"),
                    entry(20034, "账号处于锁定状态"),
                    entry(20035, "账号未实名认证"),
                    entry(20301, "不能给不是你粉丝的人发私信"),
                    entry(20302, "不合法的私信"),
                    entry(20306, "不能发布相同的私信"),
                    entry(20308, "发私信太多"),
                    entry(20311, "暂时无法发送任何内容的私信"),
                    entry(20508, "根据对方的设置，你不能进行此操作"),
                    entry(20512, "你已经把此用户加入黑名单"),
                    entry(21301, "认证失败"),
                    entry(21314, "Token已经被使用"),
                    entry(21315, "Token已经过期"),
                    entry(21316, "Token不合法"),
                    entry(21317, "Token不合法"),
                    entry(21319, "授权关系已经被解除"),
                    entry(21321, "未审核的应用使用人数超过限制"),
                    entry(21327, "Token过期"),
                    entry(21332, "access_token无效"));

    private ErrorWords() {}

    /** Null for a code that nobody here has heard of. */
    static @Nullable String of(int code) {
        return WORDS.get(code);
    }
}
