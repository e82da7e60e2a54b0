package io.guanjia.adapters.sms.cmpp;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;

import java.time.Duration;

/** What to do about each Result of CMPP_SUBMIT_RESP (CMPP 3.0, 8.4.3.3). */
final class SubmitResult {

    /** Flow control looks at a second. */
    private static final Duration SLOW_DOWN = Duration.ofSeconds(1);

    private SubmitResult() {}

    static DeliveryException failure(int result) {
        return switch (result) {
            case 1 -> new Refused("1 消息结构错");
            case 2 -> new Refused("2 命令字错");
            // The gateway has seen this number already: it may have taken the message.
            case 3 -> new OutcomeUnknown("3 消息序号重复");
            case 4 -> new Refused("4 消息长度错");
            case 5 -> new Blocked("5 资费代码错", null, null);
            case 6 -> new Refused("6 超过最大信息长");
            case 7 -> new Blocked("7 业务代码错", null, null);
            case 8 -> new Throttled("8 流量控制错", SLOW_DOWN);
            case 9 -> new Unreachable("9 本网关不负责服务此计费号码");
            case 10 -> new Blocked("10 Src_Id错误", null, null);
            case 11 -> new Blocked("11 Msg_src错误", null, null);
            case 12 -> new Refused("12 Fee_terminal_Id错误");
            case 13 -> new Unreachable("13 Dest_terminal_Id错误");
            default ->
                    new Refused(
                            "a result of the carrier's own: " + Integer.toUnsignedString(result));
        };
    }
}
