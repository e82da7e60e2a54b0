package io.guanjia.sandbox.sms;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How one provider is called, answers, counts and calls back. */
interface Dialect {

    /** The gateway's name for the channel. */
    String channel();

    /** The name of the API that is called, which faults go by. */
    String api(Call call);

    /** The keys of the gateway's settings that an account cannot do without. */
    List<String> required();

    /** Whether the call names this account, rightly or not. */
    boolean names(Call call, Map<String, String> settings);

    /** Why the call is not believed; null where it is. */
    @Nullable Refusal distrust(Call call, SmsAccount account, Instant now);

    /**
     * The answer to a call that asks what reviews have come to or what is left of packages; null to
     * one that sends. Fails with {@link Refusal}.
     */
    default @Nullable Reply asked(Call call, SmsAccount account) {
        return null;
    }

    /** What is to be sent; fails with {@link Refusal} where that cannot be made out. */
    Submission read(Call call, SmsAccount account);

    /** Why this number gets no more for now; null where it does. */
    @Nullable Refusal limit(Submission submission, Sent next, List<Sent> before, Instant now);

    /** What to say about a flaw. */
    Refusal refusal(Flaw flaw);

    /** The answer to a call that was understood. */
    Reply answer(Submission submission, List<Result> results);

    /** The answer to one that was not. */
    Reply answer(Refusal refusal);

    /** A template's text, with its variables filled in. */
    String fill(String content, Map<String, String> variables);

    String newId(long number, Instant now);

    /** What is posted when a customer has answered. */
    String said(SmsAccount account, Handset from, String text, long number, Instant at);

    /** What is posted when it is known what became of a message. */
    String report(Sent sent, boolean arrived, Instant at);

    /** Where a body is posted, with what proves that it is ours. */
    URI callback(SmsAccount account, URI base, String body, Instant at);

    boolean acknowledges(int status, String answer);

    /** The pauses before further tries. */
    List<Duration> patience();

    /** What is wrong with a call or with what is to be sent, by nobody's limit. */
    enum Flaw {
        CALLER,
        NUMBER,
        SIGN,
        TEMPLATE,
        PARAMETER,
        LENGTH,
        BALANCE,
        BLACKLIST
    }

    /** An HTTP answer. */
    record Reply(int status, String json) {}

    /** What became of one number. */
    record Result(String number, @Nullable String id, @Nullable Refusal refusal, int parts) {}
}
