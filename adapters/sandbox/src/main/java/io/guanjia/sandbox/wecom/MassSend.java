package io.guanjia.sandbox.wecom;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something the corporation wants sent to customers or groups (企业群发): nothing goes out before each
 * member has confirmed their part. Not thread-safe: {@link MassSends} guards it.
 */
final class MassSend {

    /** 24小时内每个群发最多触发三次提醒: 企业微信开发者中心, 提醒成员群发 (97610). */
    private static final int REMINDERS = 3;

    private static final Duration A_DAY = Duration.ofHours(24);

    private final MassSends all;
    private final String id;
    private final boolean toGroups;
    private final List<Bubble> said;
    private final Map<WecomMember, Part> parts = new LinkedHashMap<>();
    private final List<Instant> reminders = new ArrayList<>();
    private boolean cancelled;

    MassSend(MassSends all, String id, boolean toGroups, List<Bubble> said) {
        this.all = all;
        this.id = id;
        this.toGroups = toGroups;
        this.said = said;
    }

    /** What one member is to send. */
    static final class Part {
        private final Map<String, Result> results = new LinkedHashMap<>();
        private Optional<Instant> sentAt = Optional.empty();

        Optional<Instant> sentAt() {
            return sentAt;
        }

        Map<String, Result> results() {
            return results;
        }
    }

    /**
     * What became of one recipient's.
     *
     * @param status 0 not sent, 1 sent, 2 not a friend, 3 has had too many
     * @param at when it was sent
     */
    record Result(int status, Optional<Instant> at) {

        static final Result OPEN = new Result(0, Optional.empty());
        static final Result NO_FRIEND = new Result(2, Optional.empty());
        static final Result TOO_MANY = new Result(3, Optional.empty());
    }

    String id() {
        return id;
    }

    boolean toGroups() {
        return toGroups;
    }

    Map<WecomMember, Part> parts() {
        return parts;
    }

    void isFor(WecomMember member, String recipient) {
        parts.computeIfAbsent(member, one -> new Part()).results.put(recipient, Result.OPEN);
    }

    boolean waitsFor(WecomMember member) {
        var part = parts.get(member);
        return !cancelled && part != null && part.sentAt.isEmpty();
    }

    /** Tells every member who has not sent their part. */
    void ask(String how) {
        parts.keySet().stream()
                .filter(this::waitsFor)
                .forEach(member -> member.isAsked(this, how + "：" + all.described(said)));
    }

    void remind() {
        reminders.removeIf(at -> !all.now().isBefore(at.plus(A_DAY)));
        if (reminders.size() >= REMINDERS) {
            throw new CorpRefusal(CorpError.TOO_FREQUENT);
        }
        reminders.add(all.now());
        ask("提醒你完成群发");
    }

    void cancel() {
        cancelled = true;
    }

    /** The member taps 发送. */
    void confirm(WecomMember member) {
        all.confirm(this, member);
    }

    /** Sends a member's part to everybody whom it still reaches. */
    void goesOut(WecomMember member) {
        var part = parts.get(member);
        if (part == null || !waitsFor(member)) {
            return;
        }
        part.sentAt = Optional.of(all.now());
        part.results.replaceAll((recipient, open) -> all.reach(recipient, this, member));
        member.screen().tells(true, "已发送群发消息");
    }

    List<Bubble> said() {
        return said;
    }
}
