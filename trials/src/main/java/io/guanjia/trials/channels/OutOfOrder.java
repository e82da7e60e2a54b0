package io.guanjia.trials.channels;

import io.guanjia.trials.faults.Ledger;
import io.guanjia.trials.process.Await;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * F11: what a customer wrote comes in another order. The rule is that of the package {@code
 * io.guanjia.gateway.inbound}: nothing is lost or done twice, and what was kept first is answered
 * first. Where we fetch it, only word of it can come in another order, and it is kept as written.
 */
public final class OutOfOrder implements ChannelTrial {

    private static final int MESSAGES_EACH = 4;

    @Override
    public String number() {
        return "F11";
    }

    @Override
    public String fault(Street street) {
        return "what a customer wrote comes in another order";
    }

    @Override
    public Map<String, Ledger> run(Street street) {
        var ledgers = new LinkedHashMap<String, Ledger>();
        var talks = new LinkedHashMap<Shop, Talk>();
        for (var shop : street.shops()) {
            var talk = new Talk(shop, street.database(), "disorder");
            talk.writeInDisorder(street.of(2, 10), MESSAGES_EACH);
            talks.put(shop, talk);
        }
        talks.values().forEach(Talk::settle);
        Await.pause(Talk.AFTERWARDS);
        talks.forEach(
                (shop, talk) ->
                        ledgers.put(
                                shop.channel(),
                                shop.isFetched() ? talk.books() : talk.booksAsKept()));
        return ledgers;
    }
}
