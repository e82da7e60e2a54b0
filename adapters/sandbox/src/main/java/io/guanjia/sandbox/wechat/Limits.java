package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.wechat.message.Trigger;

import java.time.Duration;
import java.util.Map;

/**
 * The numbers the platform lays down, all of which it changes now and then.
 *
 * @param allowances what each kind of action entitles to. Source: 微信开放文档, 客服消息 (5 in 48 h since
 *     2023-06-12, 3 in 1 min)
 * @param perDay how often each API may be called between two midnights in Beijing; an API that is
 *     not named is not limited
 * @param textBytes the longest text message
 * @param tokenLife how long an access token is valid
 * @param tokenOverlap how long an access token goes on being valid after its successor was issued,
 *     and how long before its end a stable token is replaced
 * @param mediaLife how long temporary media are kept
 */
public record Limits(
        Map<Trigger, Allowance> allowances,
        Map<String, Integer> perDay,
        int textBytes,
        Duration tokenLife,
        Duration tokenOverlap,
        Duration mediaLife) {

    public Limits {
        allowances = Map.copyOf(allowances);
        perDay = Map.copyOf(perDay);
    }

    /** What the platform's documentation says of mini programs: 微信开放文档, 发送客服消息. */
    public static Limits ofMiniPrograms() {
        var others = ofThePlatform();
        return new Limits(
                Map.of(
                        Trigger.MESSAGE, new Allowance(5, Duration.ofHours(48)),
                        Trigger.ENTER, new Allowance(2, Duration.ofMinutes(1))),
                // No quota by the day is published for them.
                Map.of(),
                others.textBytes(),
                others.tokenLife(),
                others.tokenOverlap(),
                others.mediaLife());
    }

    /** What the platform's documentation says of official accounts. */
    public static Limits ofThePlatform() {
        return new Limits(
                Map.of(
                        Trigger.MESSAGE, new Allowance(5, Duration.ofHours(48)),
                        Trigger.MENU_CLICK, new Allowance(3, Duration.ofMinutes(1)),
                        Trigger.SUBSCRIBE, new Allowance(3, Duration.ofMinutes(1)),
                        Trigger.SCAN, new Allowance(3, Duration.ofMinutes(1))),
                Map.of(
                        "token", 2_000,
                        "stable_token", 500_000,
                        "message/custom/send", 500_000,
                        "message/custom/typing", 500_000,
                        "message/template/send", 100_000,
                        "message/subscribe/bizsend", 100_000,
                        "media/upload", 100_000,
                        "media/get", 200_000,
                        "user/info", 5_000_000),
                2048,
                Duration.ofSeconds(7200),
                Duration.ofMinutes(5),
                Duration.ofDays(3));
    }
}
