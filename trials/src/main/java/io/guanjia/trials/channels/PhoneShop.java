package io.guanjia.trials.channels;

import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.phone.PhoneAccount;
import io.guanjia.sandbox.phone.PhoneLine;
import io.guanjia.trials.process.Tap;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** A platform that the sandbox plays and that calls back by HTTP. */
final class PhoneShop implements Shop {

    private static final int PATIENCE_SECONDS = 30;
    private static final Duration LONGEST_HELD = Duration.ofSeconds(2);

    private final String channel;
    private final PhoneAccount account;
    private final Tap tap;
    private final List<URI> nodes;
    private final String sending;
    private final LongSupplier sends;
    private final boolean fetched;
    private final List<Errand> errands;
    private final Random random = new Random(1);

    /**
     * @param tap what the platform's callbacks go through
     * @param fetched whether they only say that there is something to fetch
     * @param errands what the platform is called for besides sending
     */
    PhoneShop(
            String channel,
            PhoneAccount account,
            Tap tap,
            List<URI> nodes,
            String sending,
            LongSupplier sends,
            boolean fetched,
            List<Errand> errands) {
        this.channel = channel;
        this.account = account;
        this.tap = tap;
        this.nodes = nodes;
        this.sending = sending;
        this.sends = sends;
        this.fetched = fetched;
        this.errands = List.copyOf(errands);
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public Written write(String name, String words) {
        var customer = account.meet(name);
        return new Written(customer.id(), does(customer.does("text", Map.of("text", words))));
    }

    @Override
    public List<Written> writeInDisorder(String name, List<String> words) {
        var customer = account.meet(name);
        tap.disorder(words.size(), LONGEST_HELD);
        try {
            var deeds =
                    words.stream()
                            .map(each -> customer.does("text", Map.of("text", each)))
                            .toList();
            return deeds.stream().map(deed -> new Written(customer.id(), does(deed))).toList();
        } finally {
            tap.order();
        }
    }

    static boolean does(CompletionStage<String> deed) {
        try {
            var word = deed.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return word.equals("acknowledged") || word.equals("accepted");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | CompletionException e) {
            return false;
        }
    }

    @Override
    public List<String> reads(String name) {
        return read(account.meet(name).chat());
    }

    static List<String> read(List<PhoneLine> chat) {
        return chat.stream()
                .filter(line -> !line.mine() && !line.kind().equals("event"))
                .map(PhoneLine::text)
                .toList();
    }

    @Override
    public void brings(int times) {
        tap.times(times);
    }

    @Override
    public void bringAgain() {
        var again = new ArrayList<>(tap.kept());
        Collections.shuffle(again, random);
        again.forEach(one -> Tap.bring(one, nodes.get(random.nextInt(nodes.size()))));
    }

    @Override
    public Faults faults() {
        return account.faults();
    }

    @Override
    public String sending() {
        return sending;
    }

    @Override
    public List<Errand> errands() {
        return errands;
    }

    @Override
    public long sends() {
        return sends.getAsLong();
    }

    @Override
    public boolean isFetched() {
        return fetched;
    }

    @Override
    public void close() {
        tap.close();
    }
}
