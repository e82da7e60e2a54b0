package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.wechat.message.Action;
import io.guanjia.sandbox.wechat.message.Event;
import io.guanjia.sandbox.wechat.message.Message;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a customer stands with an account by the platform's rules: whether they follow it, what it
 * may still send them and what they have agreed to. Safe for use by several threads: what somebody
 * does changes all of it in one step.
 */
final class Standing {

    private static final Duration TYPING_LASTS = Duration.ofSeconds(15);
    private static final Duration INTERACTION_LASTS = Duration.ofSeconds(30);

    private final WechatAccount account;
    private final String name;
    private final ReplyWindow window = new ReplyWindow();
    private final Map<String, Integer> subscriptions = new HashMap<>();
    private boolean following;
    private boolean blocksTemplates;
    private @Nullable String scene;
    private @Nullable Instant lastMessage;
    private @Nullable Instant typingUntil;

    Standing(WechatAccount account, String name, boolean following) {
        this.account = account;
        this.name = name;
        this.following = following;
    }

    synchronized boolean following() {
        return following;
    }

    synchronized @Nullable String scene() {
        return scene;
    }

    synchronized boolean seesTyping() {
        return typingUntil != null && account.now().isBefore(typingUntil);
    }

    synchronized void typing(boolean on) {
        typingUntil = on ? account.now().plus(TYPING_LASTS) : null;
    }

    synchronized boolean wroteRecently() {
        return lastMessage != null && account.now().isBefore(lastMessage.plus(INTERACTION_LASTS));
    }

    /** How many customer-service messages the account may still send. */
    synchronized int allowance() {
        return window.remaining(account.now());
    }

    synchronized @Nullable Instant allowanceUntil() {
        return window.until(account.now());
    }

    /** Takes one customer-service message from the allowance. */
    synchronized ReplyWindow.Verdict takeAllowance() {
        return window.take(account.now());
    }

    /** Takes one subscription message from what was accepted; false when there is none. */
    synchronized boolean takeSubscription(String templateId) {
        int left = subscriptions.getOrDefault(templateId, 0);
        if (left == 0) {
            return false;
        }
        subscriptions.put(templateId, left - 1);
        return true;
    }

    synchronized boolean blocksTemplates() {
        return blocksTemplates;
    }

    synchronized void blocksTemplates(boolean blocks) {
        this.blocksTemplates = blocks;
    }

    /**
     * Changes by what the customer does.
     *
     * @throws IllegalStateException when they cannot do that now, and nothing has changed
     */
    synchronized void changeBy(Action action) {
        requirePossible(action);
        var now = account.now();
        switch (action) {
            case Event.Subscribe subscribe -> follow(subscribe.scene());
            case Event.Unsubscribe leaving -> leave();
            case Event.AnswerSubscription answer ->
                    subscriptions.merge(answer.templateId(), answer.accept() ? 1 : 0, Integer::sum);
            case Event.ChangeSubscription change -> {
                if (!change.accept()) {
                    subscriptions.remove(change.templateId());
                }
            }
            case Message message -> lastMessage = now;
            case Event other -> {}
        }
        var allowance = account.settings().limits().allowances().get(action.trigger());
        if (allowance != null) {
            window.grant(action.trigger(), allowance, now);
        }
    }

    private void requirePossible(Action action) {
        if (!account.product().knows(action)) {
            throw new IllegalStateException("this cannot happen here: " + action.summary());
        }
        var subscribing = action instanceof Event.Subscribe;
        if (subscribing == following) {
            throw new IllegalStateException(
                    name + (following ? " follows the account already" : " does not follow it"));
        }
    }

    private void follow(@Nullable String through) {
        following = true;
        scene = through;
    }

    private void leave() {
        following = false;
        window.close();
        subscriptions.clear();
        typingUntil = null;
    }
}
