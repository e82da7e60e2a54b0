package io.guanjia.trials.bench;

import io.guanjia.sandbox.wechat.ApiCall;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.callback.Answer;
import io.guanjia.sandbox.wechat.message.Message;
import io.guanjia.trials.process.Await;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * B2: from the moment a customer's message is due until the bot's answer is there, in the response
 * to the callback or as a call to the platform.
 */
final class BotReply {

    static final int RATE = 100;

    /** Real questions in nobody's exact words, so that the model has to work. */
    private static final List<String> WORDS =
            List.of(
                    "麻烦问下我这个月信用卡要还多少呀",
                    "想把卡的额度再提高一点可以不",
                    "年费是怎么收的啊",
                    "我新办的卡怎么才能激活呢",
                    "积分能拿来换些什么",
                    "刚刚还的款怎么还没到账",
                    "分期的手续费大概多少",
                    "手机银行登录密码忘记了怎么弄",
                    "跨行转账多久能到对方那里",
                    "我想查一下最近的消费明细",
                    "出国刷卡要收手续费吗",
                    "账单日可以改到月底吗",
                    "怎么绑定微信支付用信用卡",
                    "想注销一张不用的卡",
                    "附属卡怎么给家里人办",
                    "你们网点周末上班不");

    private static final Pattern TO = Pattern.compile("\"touser\"\\s*:\\s*\"([^\"]+)\"");
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);
    private static final Duration LAST_ANSWER = Duration.ofSeconds(15);

    private final WechatAccount account;
    private final Map<String, Long> dueByOpenid = new ConcurrentHashMap<>();
    private final ConcurrentHistogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);

    BotReply(WechatAccount account) {
        this.account = account;
        account.onCall(this::called);
    }

    /**
     * What came out, in microseconds from when a message was due.
     *
     * @param unanswered messages whose answer did not come
     */
    record Measured(
            long answered,
            long unanswered,
            long minimum,
            long p50,
            long p90,
            long p99,
            long maximum) {}

    /** Customers write, each once, at even intervals. */
    Measured run(String name, Duration time) {
        micros.reset();
        dueByOpenid.clear();
        var messages = RATE * time.toSeconds();
        var start = System.nanoTime();
        for (long i = 0; i < messages; i++) {
            var due = start + i * 1_000_000_000L / RATE;
            LockSupport.parkNanos(due - System.nanoTime());
            say(name + "-" + i, WORDS.get((int) (i % WORDS.size())), due);
        }
        Await.within(LAST_ANSWER, dueByOpenid::isEmpty);
        return measured(messages);
    }

    private void say(String name, String words, long due) {
        var customer = account.customer(name);
        dueByOpenid.put(customer.openId(), due);
        customer.starts(new Message.Text(words))
                .whenComplete(
                        (outcome, failure) -> {
                            if (outcome != null && outcome.answer() instanceof Answer.Reply) {
                                arrived(customer.openId());
                            }
                        });
    }

    private void called(ApiCall call) {
        var to = TO.matcher(call.request());
        if (call.api().equals("message/custom/send") && to.find()) {
            arrived(to.group(1));
        }
    }

    private void arrived(String openid) {
        var due = dueByOpenid.remove(openid);
        if (due != null) {
            micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - due) / 1_000));
        }
    }

    private Measured measured(long messages) {
        Histogram all = micros.copy();
        return new Measured(
                all.getTotalCount(),
                messages - all.getTotalCount(),
                all.getMinValue(),
                all.getValueAtPercentile(50),
                all.getValueAtPercentile(90),
                all.getValueAtPercentile(99),
                all.getMaxValue());
    }
}
