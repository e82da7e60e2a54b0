package io.guanjia.sandbox.wechat;

import java.util.List;
import java.util.concurrent.Flow;

/** Collects the lines of an endless answer. */
record LineCollector(List<String> lines) implements Flow.Subscriber<String> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        lines.add(line);
    }

    @Override
    public void onError(Throwable failure) {
        lines.add("ended: " + failure);
    }

    @Override
    public void onComplete() {
        lines.add("ended");
    }
}
