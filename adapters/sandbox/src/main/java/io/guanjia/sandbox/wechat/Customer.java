package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.wechat.callback.Answer;
import io.guanjia.sandbox.wechat.message.Action;
import io.guanjia.sandbox.wechat.message.Bubble;
import io.guanjia.sandbox.wechat.message.Event;
import io.guanjia.sandbox.wechat.message.MenuEvent;
import io.guanjia.sandbox.wechat.message.Message;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Someone with a phone, as seen by one account.
 *
 * <p>The methods in the third person ({@link #says}, {@link #clicks} …) do something and wait until
 * the account's server has taken the callback or missed it three times: they block, and are for
 * tests. {@link #starts} does not wait. Safe for use by several threads.
 */
public final class Customer {

    /** What a customer reads when an official account's server does not answer properly. */
    public static final String OUT_OF_ORDER = Product.OFFICIAL_ACCOUNT.outOfOrder();

    /** How long the waiting methods wait; longer than three tries take. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WechatAccount account;
    private final String name;
    private final String openId;
    private final Instant since;
    private final Chat chat;
    private final Standing standing;

    Customer(WechatAccount account, String name, boolean following, int chatKept, Instant since) {
        this.account = account;
        this.name = name;
        this.openId = Ids.openId(account.settings().appId(), name);
        this.chat = new Chat(chatKept);
        this.standing = new Standing(account, name, following);
        this.since = since;
    }

    // What there is to know

    public String name() {
        return name;
    }

    /** The same for the same name and account, also after a restart. */
    public String openId() {
        return openId;
    }

    /** The same for the same name in every account bound to the open platform, else null. */
    public @Nullable String unionId() {
        return account.settings().openPlatform() ? Ids.unionId(name) : null;
    }

    public boolean following() {
        return standing.following();
    }

    /** When the customer first appeared. */
    public Instant since() {
        return since;
    }

    /** What the QR code stood for through which the customer came, or null. */
    public @Nullable String scene() {
        return standing.scene();
    }

    /** Whether 对方正在输入 is on the screen. */
    public boolean seesTyping() {
        return standing.seesTyping();
    }

    /** How many customer-service messages the account may still send. */
    public int allowance() {
        return standing.allowance();
    }

    /** Until when it may send them, or null when it may not. */
    public @Nullable Instant allowanceUntil() {
        return standing.allowanceUntil();
    }

    /** Whether template messages end as {@code failed:user block}. */
    public boolean blocksTemplates() {
        return standing.blocksTemplates();
    }

    /** Where the customer stands with the account, for whoever sends. */
    Standing standing() {
        return standing;
    }

    /** What is on the phone. */
    public Chat chat() {
        return chat;
    }

    /** What came to the customer, oldest first; error notices of the platform included. */
    public List<Seen> sees() {
        return chat.received();
    }

    /** The words of what {@link #sees}. */
    public List<String> reads() {
        return sees().stream().map(Seen::words).toList();
    }

    /**
     * Waits until at least {@code count} things have come, and returns them all. Blocks: for tests.
     *
     * @throws AssertionError when they do not within ten seconds
     */
    public List<Seen> awaitSees(int count) {
        return awaitSees(count, Duration.ofSeconds(10));
    }

    /** As {@link #awaitSees(int)}, for another time. */
    public List<Seen> awaitSees(int count, Duration timeout) {
        if (!chat.awaitReceived(count, timeout)) {
            throw new AssertionError(
                    name + " sees " + sees().size() + " instead of " + count + ": " + reads());
        }
        return sees();
    }

    // What the customer does

    public CallbackOutcome says(String content) {
        return does(new Message.Text(content));
    }

    /** Taps an entry of a {@code msgmenu}. */
    public CallbackOutcome chooses(Bubble.Menu.Choice choice) {
        return does(new Message.MenuChoice(choice.id(), choice.content()));
    }

    /** Sends a picture, such as a PNG file's content. */
    public CallbackOutcome sendsImage(byte[] picture) {
        var media = account.media().keep("image", "image/png", "picture.png", picture);
        return does(new Message.Image(media.id()));
    }

    public CallbackOutcome clicks(String menuKey) {
        return does(new MenuEvent.Click(menuKey));
    }

    public CallbackOutcome subscribes() {
        return does(new Event.Subscribe(null));
    }

    /** Scans a QR code of the account, which makes a stranger a follower. */
    public CallbackOutcome scans(String scene) {
        return does(following() ? new Event.Scan(scene) : new Event.Subscribe(scene));
    }

    public CallbackOutcome unsubscribes() {
        return does(new Event.Unsubscribe());
    }

    /** Allows one more subscription message of that template. */
    public CallbackOutcome accepts(String templateId) {
        return does(new Event.AnswerSubscription(templateId, true));
    }

    /** From now on, template messages end as {@code failed:user block}; or no longer. */
    public void blocksTemplates(boolean blocks) {
        standing.blocksTemplates(blocks);
    }

    /** Does anything, and waits for the end of its callback. */
    public CallbackOutcome does(Action action) {
        try {
            return starts(action).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the callback did not end", e);
        }
    }

    /**
     * Does anything. The callback is on its way when this returns; the future completes with its
     * end.
     *
     * @throws IllegalStateException when the customer cannot do that now: write to an account that
     *     is not followed, follow one twice
     */
    public CompletableFuture<CallbackOutcome> starts(Action action) {
        standing.changeBy(action);
        switch (action) {
            case Message message -> show(Via.CUSTOMER, message.bubble(), null);
            case Event event ->
                    show(Via.CUSTOMER, new Bubble.Deed(event.event(), event.detail()), null);
        }
        return account.report(this, action);
    }

    // What the platform does to the customer

    /** Shows what came of a callback. */
    void hears(Action action, Answer answer) {
        if (!action.awaitsAnswer() || !following()) {
            return;
        }
        switch (answer) {
            case Answer.Reply reply -> receive(Via.PASSIVE, reply.bubble(), null);
            case Answer.Unacceptable refused ->
                    receive(Via.PLATFORM, new Bubble.Notice(account.product().outOfOrder()), null);
            case Answer.Missing missed ->
                    receive(Via.PLATFORM, new Bubble.Notice(account.product().outOfOrder()), null);
            case Answer.Silence silence -> {}
            case Answer.HandOver handOver -> {}
            case Answer.NotSent notSent -> {}
        }
    }

    /** Shows something that the account sent. */
    void receive(Via via, Bubble bubble, @Nullable String servicer) {
        standing.typing(false);
        show(via, bubble, servicer);
    }

    private void show(Via via, Bubble bubble, @Nullable String servicer) {
        chat.add(number -> new Seen(number, account.now(), via, bubble, servicer));
        account.shown(this, via);
    }
}
