package io.guanjia.adapters.sms;

import io.guanjia.gateway.channel.HealthSign;

import reactor.core.publisher.Flux;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What a provider last found wrong with an account, until it takes a message again. */
public final class Complaints {

    private final Set<HealthSign> heard = ConcurrentHashMap.newKeySet();

    public void heard(SmsFailure failure) {
        var sign = failure.sign();
        if (sign != null) {
            heard.add(sign);
        }
    }

    /** It took a message. */
    public void none() {
        if (!heard.isEmpty()) {
            heard.clear();
        }
    }

    public List<HealthSign> signs() {
        return heard.stream().sorted(Comparator.comparing(HealthSign::part)).toList();
    }

    /** The same, and what {@code approvals} say of parts that nothing was heard about. */
    public Flux<HealthSign> signs(List<Approval> approvals) {
        return Flux.fromIterable(approvals)
                .flatMap(Approval::look)
                .collectList()
                .flatMapIterable(this::above);
    }

    private List<HealthSign> above(List<HealthSign> approved) {
        var signs = new TreeMap<String, HealthSign>();
        approved.forEach(sign -> signs.put(sign.part(), sign));
        heard.forEach(sign -> signs.put(sign.part(), sign));
        return List.copyOf(signs.values());
    }
}
