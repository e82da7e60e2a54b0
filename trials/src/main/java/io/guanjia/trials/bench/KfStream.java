package io.guanjia.trials.bench;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.wecom.KfAccount;
import io.guanjia.sandbox.wecom.KfCustomer;
import io.guanjia.trials.process.Await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * C1 of 微信客服, whose callbacks only say that there is something to fetch: how fast it is fetched,
 * page after page, until it is durable. The node says so itself: it comes with a cursor only when
 * the journal has what lies before.
 */
final class KfStream {

    private static final int CUSTOMERS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KfAccount account;
    private final List<KfCustomer> customers;

    KfStream(KfAccount account) {
        this.account = account;
        this.customers =
                IntStream.range(0, CUSTOMERS)
                        .mapToObj("客户%04d"::formatted)
                        .map(account::meet)
                        .toList();
    }

    /** Messages a second of so many that nobody has rung for until the last. */
    double read(int messages) {
        account.faults().add(Fault.always(Fault.CALLBACKS, new Effect.Lose()));
        for (int i = 0; i < messages; i++) {
            says(i);
        }
        account.faults().clear();
        var began = System.nanoTime();
        ring(messages);
        return messages / ((System.nanoTime() - began) / 1e9);
    }

    /** Each ring is a message of its own, behind all that is waited for. */
    private void ring(int messages) {
        var rung = new int[1];
        Await.until(
                PATIENCE,
                () -> {
                    says(messages + rung[0]++);
                    return account.notComeBackFrom() <= rung[0];
                },
                () -> "%d are not fetched".formatted(account.notComeBackFrom()));
    }

    private void says(int number) {
        customers.get(number % CUSTOMERS).says("信用卡账单怎么查？" + number);
    }
}
