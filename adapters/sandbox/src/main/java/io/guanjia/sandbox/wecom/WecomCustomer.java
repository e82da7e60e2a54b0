package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.phone.PhoneLine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A WeChat user who can become the customer of members. The application hears of that, and of
 * nothing that customer and member say to each other. Safe for use by several threads.
 */
public final class WecomCustomer implements PhoneCustomer {

    private static final List<String> GESTURES = List.of("add", "unfriend", "join", "quit");

    private final WecomAccount account;
    private final CorpEvents events;
    private final String id;
    private final String name;
    private final Screen screen;
    private final Map<WecomMember, Tie> ties = new LinkedHashMap<>();

    WecomCustomer(WecomAccount account, String id, String name, int kept) {
        this.account = account;
        this.events = new CorpEvents(account);
        this.id = id;
        this.name = name;
        this.screen = new Screen(account, id, kept);
    }

    /**
     * What a member knows of this customer.
     *
     * @param state of 联系我 by which they came
     * @param friend whether the customer still has the member
     * @param talked whether they have said something to each other
     */
    record Tie(Instant since, String state, String remark, boolean friend, boolean talked) {

        Tie remarked(String words) {
            return new Tie(since, state, words, friend, talked);
        }

        Tie broken() {
            return new Tie(since, state, remark, false, talked);
        }

        Tie spoken() {
            return new Tie(since, state, remark, friend, true);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<PhoneLine> chat() {
        return screen.all();
    }

    @Override
    public List<String> gestures() {
        return GESTURES;
    }

    /** What came from the corporation, as words. */
    public List<String> reads() {
        return screen.read();
    }

    @Override
    public CompletionStage<String> does(String gesture, Map<String, String> details) {
        synchronized (account) {
            return switch (gesture) {
                case "text" -> says(details.getOrDefault("text", "").strip());
                case "add" -> add(member(details), details);
                case "unfriend" -> unfriend();
                case "join" -> join();
                case "quit" -> quit();
                default -> throw new IllegalArgumentException("no gesture " + gesture);
            };
        }
    }

    private WecomMember member(Map<String, String> details) {
        var userId = details.get("member");
        return userId == null ? account.members().getFirst() : account.member(userId);
    }

    // --- What the customer does
    // -------------------------------------------------------------------

    /** By {@code half}, the customer was taken over from a group and has not agreed yet. */
    private CompletionStage<String> add(WecomMember member, Map<String, String> details) {
        var tie = ties.get(member);
        if (tie != null && tie.friend) {
            throw new IllegalArgumentException("the member is added already");
        }
        var state = details.getOrDefault("state", "").strip();
        ties.put(member, new Tie(account.now(), state, name, true, false));
        var contact = new Contact(this, member);
        screen.tells(true, "添加了 " + member.id());
        member.screen().tells(false, name + " 添加了你");
        return account.report(
                events.added(
                        details.containsKey("half")
                                ? "add_half_external_contact"
                                : "add_external_contact",
                        contact,
                        state,
                        account.codes().issue(contact)));
    }

    private CompletionStage<String> unfriend() {
        var member = friend().orElseThrow(() -> new IllegalArgumentException("there is nobody"));
        ties.computeIfPresent(member, (one, tie) -> tie.broken());
        screen.tells(true, "删除了 " + member.id());
        return account.report(events.changed("del_follow_user", new Contact(this, member)));
    }

    private CompletionStage<String> join() {
        var group =
                account.groups().reversed().stream()
                        .filter(one -> !one.customers().contains(this))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no group to join"));
        return enter(group);
    }

    private CompletionStage<String> quit() {
        var group =
                account.groups().reversed().stream()
                        .filter(one -> one.customers().contains(this))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("in no group"));
        var before = group.version();
        group.leave(this);
        screen.tells(true, "退出了群聊“" + group.name() + "”");
        return account.report(events.membership(group, "del_member", 0, id, before));
    }

    /** What is said in private is known to the two alone: nothing is reported. */
    private CompletionStage<String> says(String words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("text is missing");
        }
        var member = friend().orElseThrow(() -> new IllegalArgumentException("add a member first"));
        screen.says(true, words, null);
        member.screen().says(false, words, name);
        talk(member);
        return CompletableFuture.completedFuture("private");
    }

    // --- For the rest of the platform
    // -------------------------------------------------------------

    /** By {@code JoinScene} 3: 扫描群二维码入群. */
    CompletionStage<String> enter(WecomGroup group) {
        var before = group.version();
        group.join(this);
        screen.tells(true, "加入了群聊“" + group.name() + "”");
        return account.report(events.membership(group, "add_member", 3, id, before));
    }

    Screen screen() {
        return screen;
    }

    /** The member added last whom the customer still has. */
    private Optional<WecomMember> friend() {
        return new ArrayList<>(ties.keySet())
                .reversed().stream().filter(one -> isFriendOf(one)).findFirst();
    }

    /** Whether the member still has this customer, who may have left by now. */
    boolean isCustomerOf(WecomMember member) {
        synchronized (account) {
            return ties.containsKey(member);
        }
    }

    boolean isFriendOf(WecomMember member) {
        synchronized (account) {
            var tie = ties.get(member);
            return tie != null && tie.friend;
        }
    }

    boolean hasTalkedTo(WecomMember member) {
        synchronized (account) {
            var tie = ties.get(member);
            return tie != null && tie.talked;
        }
    }

    Map<WecomMember, Tie> ties() {
        synchronized (account) {
            return new LinkedHashMap<>(ties);
        }
    }

    void talk(WecomMember member) {
        ties.computeIfPresent(member, (one, tie) -> tie.spoken());
    }

    void remarked(WecomMember member, String words) {
        ties.computeIfPresent(member, (one, tie) -> tie.remarked(words));
    }

    void deletedBy(WecomMember member) {
        ties.remove(member);
    }
}
