package io.guanjia.sandbox.sms;

import io.guanjia.sandbox.sms.Dialect.Flaw;
import io.guanjia.sandbox.sms.Dialect.Result;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether a message may go to a number, and what becomes of it. */
final class Sending {

    private static final int LONGEST = 500;
    private static final int REFERENCES_REMEMBERED = 10_000;

    private final SmsAccount account;
    private final Dialect dialect;
    private final Map<String, List<Result>> taken =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, List<Result>> eldest) {
                    return size() > REFERENCES_REMEMBERED;
                }
            };

    Sending(SmsAccount account, Dialect dialect) {
        this.account = account;
        this.dialect = dialect;
    }

    /**
     * For each number what became of it. Where the account gives the text and an id of its own, the
     * same id is the same message. Fails with {@link Refusal}.
     *
     * @param shown false for what is taken but lost
     */
    synchronized List<Result> submit(Submission submission, boolean shown) {
        var repeatable = submission.text() != null && !submission.reference().isEmpty();
        var before = repeatable ? taken.get(submission.reference()) : null;
        if (before != null) {
            return before;
        }
        if (submission.numbers().isEmpty()) {
            throw dialect.refusal(Flaw.NUMBER);
        }
        if (account.isBroke()) {
            throw dialect.refusal(Flaw.BALANCE);
        }
        if (account.reviewOfSign(submission.sign()) != Review.APPROVED) {
            throw dialect.refusal(Flaw.SIGN);
        }
        var template = template(submission);
        var text = text(submission, template);
        var results = new ArrayList<Result>();
        for (var number : submission.numbers()) {
            results.add(one(submission, template, text, number, shown));
        }
        if (repeatable && results.stream().allMatch(result -> result.refusal() == null)) {
            taken.put(submission.reference(), results);
        }
        return results;
    }

    private Result one(
            Submission submission,
            SmsTemplate template,
            String text,
            String number,
            boolean shown) {
        if (!Numbers.isValid(number)) {
            return new Result(number, null, dialect.refusal(Flaw.NUMBER), 0);
        }
        var phone = account.handset(number, Numbers.national(number));
        if (phone.isRefusing() && template.type() == SmsTemplate.Type.PROMOTION) {
            return new Result(number, null, dialect.refusal(Flaw.BLACKLIST), 0);
        }
        var now = account.now();
        var sent =
                new Sent(
                        dialect.newId(account.nextNumber(), now),
                        submission.reference(),
                        number,
                        submission.sign(),
                        template.id(),
                        template.type(),
                        text,
                        now);
        var limit = dialect.limit(submission, sent, phone.recent(), now);
        if (limit != null) {
            return new Result(number, null, limit, 0);
        }
        phone.remember(sent);
        account.packages().spend(sent.parts());
        // On one thread: what is taken within a millisecond arrives in the order it was taken in.
        account.run(
                Mono.delay(account.resultDelay(), Schedulers.single())
                        .then(arrive(phone, sent, shown)));
        return new Result(number, sent.id(), null, sent.parts());
    }

    private Mono<Boolean> arrive(Handset phone, Sent sent, boolean shown) {
        return Mono.defer(
                () -> {
                    var arrived = shown && !phone.isOff();
                    if (arrived) {
                        phone.receives(sent);
                    }
                    return shown
                            ? account.tell(dialect.report(sent, arrived, account.now()))
                            : Mono.just(false);
                });
    }

    private SmsTemplate template(Submission submission) {
        var id = submission.template();
        if (id == null) {
            return new SmsTemplate("", "", SmsTemplate.Type.NOTICE);
        }
        if (account.reviewOf(id) != Review.APPROVED) {
            throw dialect.refusal(Flaw.TEMPLATE);
        }
        var known = account.templates().get(id);
        return known == null ? new SmsTemplate(id, "", SmsTemplate.Type.NOTICE) : known;
    }

    private String text(Submission submission, SmsTemplate template) {
        var words = submission.text() == null ? filled(template, submission) : submission.text();
        var whole = submission.sign().isEmpty() ? words : "【" + submission.sign() + "】" + words;
        if (words.isBlank() || whole.length() > LONGEST) {
            throw dialect.refusal(Flaw.LENGTH);
        }
        return whole;
    }

    /** A template that nobody set up shows its variables. */
    private String filled(SmsTemplate template, Submission submission) {
        var variables = submission.variables();
        if (template.content().isEmpty()) {
            return variables.size() == 1
                    ? variables.values().iterator().next()
                    : variables.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(one -> one.getKey() + "：" + one.getValue())
                            .collect(Collectors.joining("，"));
        }
        try {
            return dialect.fill(template.content(), variables);
        } catch (Placeholders.Missing e) {
            throw dialect.refusal(Flaw.PARAMETER);
        }
    }
}
