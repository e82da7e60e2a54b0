package io.guanjia.sandbox.sms;

import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.history.Change;
import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.phone.PhoneAccount;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/** One account of a provider, and everybody who gets its messages. Safe for several threads. */
public final class SmsAccount implements PhoneAccount {

    private final String name;
    private final Map<String, String> settings;
    private final URI callback;
    private final Dialect dialect;
    private final Surroundings around;
    private final Faults faults;
    private final SmsCallbacks callbacks;
    private final Sending sending;
    private final SmsPackages packages;
    private final History<SmsCall> calls;
    private final History<CallbackTry> tries;
    private final Map<String, SmsTemplate> templates = new ConcurrentHashMap<>();
    private final Map<String, Review> reviews = new ConcurrentHashMap<>();
    private final Map<String, Handset> handsets = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Handset> inOrder = new ConcurrentLinkedDeque<>();
    private final AtomicLong numbers;
    private volatile Review signReview = Review.APPROVED;
    private volatile boolean broke;

    SmsAccount(
            String name,
            Map<String, String> settings,
            URI callback,
            Dialect dialect,
            Surroundings around,
            CallbackPoster poster) {
        this.name = name;
        this.settings = Map.copyOf(settings);
        this.callback = callback;
        this.dialect = dialect;
        this.around = around;
        this.faults = new Faults(around.seed());
        this.callbacks =
                new SmsCallbacks(this, dialect, poster, pauses(dialect, settings), around.seed());
        this.sending = new Sending(this, dialect);
        this.packages = new SmsPackages(around.clock());
        this.calls = new History<>(around.historySize());
        this.tries = new History<>(around.historySize());
        // Larger than those of an earlier run.
        this.numbers = new AtomicLong(around.clock().instant().toEpochMilli());
    }

    private static List<Duration> pauses(Dialect dialect, Map<String, String> settings) {
        var given = settings.getOrDefault("callback-retries", "");
        return given.isBlank()
                ? dialect.patience()
                : Arrays.stream(given.split(","))
                        .map(pause -> Duration.parse("PT" + pause.strip()))
                        .toList();
    }

    @Override
    public String name() {
        return name;
    }

    /** The signature, by which people know who writes. */
    @Override
    public String title() {
        var sign = setting("sign-name");
        return sign.isEmpty() ? name : sign;
    }

    @Override
    public List<Handset> customers() {
        return new ArrayList<>(inOrder);
    }

    /** By a name or by a number; whoever has only a name has always the same number. */
    @Override
    public Handset meet(String person) {
        return handset(Numbers.of(person), person);
    }

    @Override
    public Optional<Handset> find(String id) {
        return Optional.ofNullable(handsets.get(id));
    }

    Handset handset(String number, String person) {
        return handsets.computeIfAbsent(
                number,
                absent -> {
                    var met = new Handset(this, dialect, number, person, around.chatKept());
                    inOrder.add(met);
                    publish("customers", "");
                    return met;
                });
    }

    @Override
    public Faults faults() {
        return faults;
    }

    /** The latest calls of the account's server. */
    public History<SmsCall> calls() {
        return calls;
    }

    /** The latest posts to the account's server. */
    public History<CallbackTry> callbacks() {
        return tries;
    }

    /** Sets a template up. While there are none, every id is taken for a notice's. */
    public void add(SmsTemplate template) {
        templates.put(template.id(), template);
    }

    Map<String, SmsTemplate> templates() {
        return templates;
    }

    /** What reviewers say of a template from now on; without a word from them it is approved. */
    public void reviewed(String template, Review review) {
        reviews.put(template, review);
    }

    /** The same of the signature. */
    public void signReviewed(Review review) {
        signReview = review;
    }

    /** Null where there is no such template. */
    @Nullable Review reviewOf(String template) {
        var known = templates.isEmpty() ? !template.isBlank() : templates.containsKey(template);
        return known ? reviews.getOrDefault(template, Review.APPROVED) : null;
    }

    /** Null where that is not the account's signature. */
    @Nullable Review reviewOfSign(String sign) {
        return sign.equals(setting("sign-name")) ? signReview : null;
    }

    /** Whether nothing is left to pay with. */
    public void broke(boolean isBroke) {
        broke = isBroke;
    }

    boolean isBroke() {
        return broke || packages.areUsedUp();
    }

    /** Buys a package of messages, some of which are spent already. From now on packages pay. */
    public void buy(long amount, long used) {
        packages.buy(amount, used);
    }

    SmsPackages packages() {
        return packages;
    }

    void reset() {
        handsets.clear();
        inOrder.clear();
        faults.clear();
        calls.clear();
        tries.clear();
        reviews.clear();
        signReview = Review.APPROVED;
        broke = false;
        packages.clear();
        publish("customers", "");
    }

    // For the rest of the platform

    Map<String, String> settings() {
        return settings;
    }

    String setting(String key) {
        return settings.getOrDefault(key, "");
    }

    URI callback() {
        return callback;
    }

    boolean hasCallbackKey() {
        return !setting("callback-key").isEmpty();
    }

    /** As the account's owner has entered it in the console. */
    URI withKey(URI base) {
        return base.getRawQuery() == null && hasCallbackKey()
                ? URI.create(base + "?key=" + setting("callback-key"))
                : base;
    }

    Sending sending() {
        return sending;
    }

    Instant now() {
        return around.clock().instant();
    }

    Duration resultDelay() {
        return around.resultDelay();
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    Mono<Boolean> tell(String body) {
        return callbacks.tell(body);
    }

    /** Runs something that nobody waits for. */
    void run(Mono<?> work) {
        work.subscribe();
    }

    void called(String api, int status, String code, String fault) {
        calls.add(number -> new SmsCall(number, now(), api, status, code, fault));
        publish("calls", "");
    }

    void told(int attempt, String body, int status, boolean acknowledged) {
        tries.add(number -> new CallbackTry(number, attempt, now(), body, status, acknowledged));
        publish("callbacks", "");
    }

    void publish(String what, String party) {
        around.changes().publish(new Change(dialect.channel(), name, what, party));
    }
}
