package io.guanjia.sandbox.weibo;

import java.time.Duration;

/**
 * How patient the platform is with an account's server.
 *
 * @param timeout how long it waits for one answer: 五秒内收不到响应会断掉连接
 * @param interval the least time between the starts of two tries
 * @param tries how often it tries: 总共重试三次
 */
public record Patience(Duration timeout, Duration interval, int tries) {

    /** Five seconds, three times. */
    public static final Patience OF_THE_PLATFORM =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), 3);

    public Patience {
        if (tries < 1) {
            throw new IllegalArgumentException("tries must be at least 1");
        }
    }
}
