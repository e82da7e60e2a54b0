package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.wechat.message.Bubble;
import io.guanjia.sandbox.wechat.message.ResultEvent;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Whether an account may send something to someone, and what becomes of it. */
public final class Sending {

    private static final int CLIENT_IDS_REMEMBERED = 10_000;
    private static final String SUCCESS = "success";
    private static final String USER_BLOCK = "failed:user block";

    private final WechatAccount account;
    private final Duration resultDelay;
    private final AtomicLong lastMsgId;
    private final Map<String, Long> clientIds =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > CLIENT_IDS_REMEMBERED;
                }
            };

    Sending(WechatAccount account, Duration resultDelay) {
        this.account = account;
        this.resultDelay = resultDelay;
        this.lastMsgId = new AtomicLong(account.now().toEpochMilli() * 1_000);
    }

    /**
     * A message filled in from a template.
     *
     * @param clientMsgId the caller's key against sending twice, or null
     */
    public record Filled(
            String openId,
            String templateId,
            Map<String, String> values,
            @Nullable String url,
            @Nullable String miniProgramPage,
            @Nullable String clientMsgId) {

        public Filled {
            values = Map.copyOf(values);
        }
    }

    /** What the platform answers to a template or subscription message. */
    public sealed interface Receipt {

        /** Taken; the result follows as an event. */
        record Accepted(long msgId) implements Receipt {}

        record Refused(WechatError error) implements Receipt {}
    }

    /**
     * A customer-service message.
     *
     * @param shown false for one that is accepted but lost
     * @return why it is refused; empty when it is not
     */
    public Optional<WechatError> service(
            String openId, Bubble bubble, @Nullable String servicer, boolean shown) {
        if (!account.settings().customerService()) {
            return Optional.of(WechatError.NOT_AUTHORISED);
        }
        var customer = account.withOpenId(openId);
        if (customer == null) {
            return Optional.of(WechatError.INVALID_OPENID);
        }
        if (!customer.following()) {
            return Optional.of(WechatError.NOT_SUBSCRIBED);
        }
        return switch (customer.standing().takeAllowance()) {
            case CLOSED -> Optional.of(WechatError.OUTSIDE_WINDOW);
            case USED_UP -> Optional.of(WechatError.WINDOW_USED_UP);
            case OPEN -> {
                if (shown) {
                    customer.receive(Via.SERVICE, bubble, servicer);
                }
                yield Optional.empty();
            }
        };
    }

    /** The sign 对方正在输入. Returns why it is refused. */
    public Optional<WechatError> typing(String openId, boolean on) {
        if (!account.settings().customerService()) {
            return Optional.of(WechatError.NOT_AUTHORISED);
        }
        var customer = account.withOpenId(openId);
        if (customer == null) {
            return Optional.of(WechatError.INVALID_OPENID);
        }
        if (!customer.following() || !customer.standing().wroteRecently()) {
            return Optional.of(WechatError.TYPING_TOO_LATE);
        }
        if (on && customer.seesTyping()) {
            return Optional.of(WechatError.ALREADY_TYPING);
        }
        customer.standing().typing(on);
        account.publish("chat", openId);
        return Optional.empty();
    }

    /** A template message. Its result follows as {@code TEMPLATESENDJOBFINISH}. */
    public Receipt template(Filled message, boolean shown) {
        var customer = account.withOpenId(message.openId());
        if (customer == null) {
            return new Receipt.Refused(WechatError.INVALID_OPENID);
        }
        if (!customer.following()) {
            return new Receipt.Refused(WechatError.NOT_SUBSCRIBED);
        }
        var template = template(message);
        if (template == null) {
            return new Receipt.Refused(WechatError.INVALID_TEMPLATE);
        }
        if (!message.values().keySet().containsAll(template.fields())) {
            return new Receipt.Refused(WechatError.BAD_ARGUMENT);
        }
        var earlier = sentBefore(message);
        if (earlier != null) {
            return new Receipt.Accepted(earlier);
        }
        var msgId = remember(message);
        account.run(
                Mono.delay(resultDelay).then(finish(customer, template, message, msgId, shown)));
        return new Receipt.Accepted(msgId);
    }

    private Mono<CallbackOutcome> finish(
            Customer customer,
            MessageTemplate template,
            Filled message,
            long msgId,
            boolean shown) {
        return Mono.defer(
                () -> {
                    var status = customer.blocksTemplates() ? USER_BLOCK : SUCCESS;
                    if (shown && status.equals(SUCCESS)) {
                        customer.receive(Via.TEMPLATE, bubble(template, message), null);
                    }
                    return account.reporting()
                            .report(customer, new ResultEvent.TemplateResult("" + msgId, status));
                });
    }

    /** A subscription message. Its result follows as {@code subscribe_msg_sent_event}. */
    public Receipt subscription(Filled message, boolean shown) {
        var customer = account.withOpenId(message.openId());
        if (customer == null) {
            return new Receipt.Refused(WechatError.INVALID_OPENID);
        }
        var template = template(message);
        if (template == null) {
            return new Receipt.Refused(WechatError.INVALID_TEMPLATE);
        }
        if (!message.values().keySet().containsAll(template.fields())) {
            return new Receipt.Refused(WechatError.BAD_ARGUMENT);
        }
        if (!customer.standing().takeSubscription(message.templateId())) {
            return new Receipt.Refused(WechatError.REFUSED_BY_USER);
        }
        var msgId = lastMsgId.incrementAndGet();
        account.run(
                Mono.delay(resultDelay)
                        .then(
                                Mono.defer(
                                        () -> {
                                            if (shown) {
                                                customer.receive(
                                                        Via.SUBSCRIPTION,
                                                        bubble(template, message),
                                                        null);
                                            }
                                            return account.reporting()
                                                    .report(
                                                            customer,
                                                            new ResultEvent.SubscriptionResult(
                                                                    message.templateId(),
                                                                    "" + msgId,
                                                                    0,
                                                                    SUCCESS));
                                        })));
        return new Receipt.Accepted(msgId);
    }

    private @Nullable MessageTemplate template(Filled message) {
        var templates = account.templates();
        if (!templates.isEmpty()) {
            return templates.get(message.templateId());
        }
        var lines =
                message.values().keySet().stream()
                        .sorted()
                        .map(key -> key + "：{{" + key + ".DATA}}")
                        .toList();
        return new MessageTemplate(message.templateId(), "服务通知", String.join("\n", lines));
    }

    private static Bubble bubble(MessageTemplate template, Filled message) {
        List<Bubble.Template.Line> lines = template.fill(message.values());
        return new Bubble.Template(
                template.id(), template.title(), lines, message.url(), message.miniProgramPage());
    }

    private @Nullable Long sentBefore(Filled message) {
        if (message.clientMsgId() == null) {
            return null;
        }
        synchronized (clientIds) {
            return clientIds.get(message.openId() + "/" + message.clientMsgId());
        }
    }

    private long remember(Filled message) {
        var msgId = lastMsgId.incrementAndGet();
        if (message.clientMsgId() != null) {
            synchronized (clientIds) {
                clientIds.put(message.openId() + "/" + message.clientMsgId(), msgId);
            }
        }
        return msgId;
    }
}
