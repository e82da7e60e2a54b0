package io.guanjia.sandbox.sms;

import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.phone.PhoneLine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A phone with a number. Safe for several threads. */
public final class Handset implements PhoneCustomer {

    private static final Duration DAY = Duration.ofHours(24);

    private final SmsAccount account;
    private final Dialect dialect;
    private final String number;
    private final String person;
    private final History<PhoneLine> chat;
    private final List<Sent> sent = new ArrayList<>();
    private volatile boolean off;
    private volatile boolean refusing;

    Handset(SmsAccount account, Dialect dialect, String number, String person, int chatKept) {
        this.account = account;
        this.dialect = dialect;
        this.number = number;
        this.person = person;
        this.chat = new History<>(chatKept);
    }

    /** E.164. */
    @Override
    public String id() {
        return number;
    }

    @Override
    public String name() {
        return person;
    }

    @Override
    public List<PhoneLine> chat() {
        return chat.all();
    }

    /** The chat, to wait for. */
    public History<PhoneLine> screen() {
        return chat;
    }

    @Override
    public List<String> gestures() {
        return off ? List.of("switch-on") : List.of("unsubscribe", "switch-off");
    }

    @Override
    public CompletableFuture<String> does(String gesture, Map<String, String> details) {
        return switch (gesture) {
            case "text" -> says(details.getOrDefault("text", ""));
            case "unsubscribe" -> {
                // The platform keeps a list of those who refuse promotions.
                refusing = true;
                yield says(details.getOrDefault("text", "R"));
            }
            case "switch-off", "switch-on" -> {
                off = gesture.equals("switch-off");
                account.publish("chat", number);
                yield CompletableFuture.completedFuture("acknowledged");
            }
            default -> throw new IllegalArgumentException("a phone cannot " + gesture);
        };
    }

    /**
     * Answers the account, and completes after the first try: with {@code acknowledged}, or with
     * {@code missed}, and then more tries may follow.
     */
    public CompletableFuture<String> says(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("text is missing");
        }
        if (off) {
            throw new IllegalStateException("the phone is off");
        }
        var at = account.now();
        chat.add(line -> PhoneLine.text(at, true, text));
        account.publish("chat", number);
        return account.tell(dialect.said(account, this, text, account.nextNumber(), at))
                .toFuture()
                .thenApply(
                        acknowledged ->
                                Boolean.TRUE.equals(acknowledged) ? "acknowledged" : "missed");
    }

    boolean isOff() {
        return off;
    }

    boolean isRefusing() {
        return refusing;
    }

    /** Whether the number is on the list of those who refuse. */
    public void refusing(boolean refuses) {
        refusing = refuses;
    }

    /** What it was sent in the last 24 hours, and what no limit knows of any more is forgotten. */
    List<Sent> recent() {
        synchronized (sent) {
            var since = account.now().minus(DAY);
            sent.removeIf(one -> one.at().isBefore(since));
            return List.copyOf(sent);
        }
    }

    void remember(Sent message) {
        synchronized (sent) {
            sent.add(message);
        }
    }

    void receives(Sent message) {
        chat.add(
                line ->
                        new PhoneLine(
                                message.at(),
                                false,
                                "text",
                                message.text(),
                                null,
                                List.of(),
                                message.parts() + " 条计费"));
        account.publish("chat", number);
    }
}
