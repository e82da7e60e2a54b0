package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.guanjia.adapters.sms.Approval.State;
import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.FakePlatform.Request;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;
import reactor.netty.http.server.HttpServerResponse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the health of an account with a template for plain words says of its reviews, the same for
 * every provider that tells.
 */
public abstract class ApprovalContract<A> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-02T08:30:15Z"), ZoneOffset.UTC);

    private final FakePlatform platform = new FakePlatform();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final SmsChannel<A> channel = channel(Map.of());

    protected abstract SmsProvider<A> provider(Clock clock);

    protected abstract A account(Map<String, String> changes);

    /** The API that a request is for. */
    protected abstract String api(Request request);

    /** What the platform answers, by API, when it has come to that for all that is asked about. */
    protected abstract Map<String, String> outcome(State state);

    /** What signs are about. */
    protected abstract List<String> parts();

    /** The platform's answer to one who has no right to ask. */
    protected abstract String mayNotAsk();

    /** … to a message that it takes. */
    protected abstract String taken();

    /** … to one whose template is not approved. */
    protected abstract String templateRefused();

    @AfterEach
    void close() {
        channel.close();
        platform.close();
    }

    /** Talks to the same platform; to be closed. */
    protected final SmsChannel<A> channel(Map<String, String> changes) {
        platform.script("/", this::reply);
        var settings = new HashMap<>(changes);
        settings.put("api-base", platform.address().toString());
        return new SmsChannel<>(provider(CLOCK), List.of(account(settings)));
    }

    private Publisher<Void> reply(Request request, HttpServerResponse response) {
        var answer = answers.get(api(request));
        return answer == null ? response.status(404).send() : FakePlatform.json(response, answer);
    }

    /** Answers so from now on. */
    protected final void answer(String api, String json) {
        answers.put(api, json);
    }

    protected final List<Request> requests() {
        return platform.all();
    }

    protected final List<HealthSign> look() {
        return look(channel);
    }

    protected final List<HealthSign> look(SmsChannel<A> channel) {
        return Objects.requireNonNull(channel.health("main").collectList().block(PATIENCE));
    }

    /** Looks until the platform has answered. */
    protected final void awaitSigns(List<HealthSign> expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(look()).isEqualTo(expected));
    }

    protected final List<HealthSign> signs(@Nullable String problem) {
        return parts().stream().map(part -> new HealthSign(part, problem, null)).toList();
    }

    private void deliver() {
        var to = new Address(channel.name(), "main", "+8613700000001");
        var words = new Content.Text("您好");
        var accepted =
                channel.deliver(new OutboundMessage("d1", to, Author.BOT, words)).block(PATIENCE);
        assertThat(accepted).isNotNull();
    }

    @Test
    void whatIsApprovedIsWell() {
        answers.putAll(outcome(State.APPROVED));

        awaitSigns(signs(null));
    }

    @Test
    void whatIsStillInReviewIsSaid() {
        answers.putAll(outcome(State.IN_REVIEW));

        awaitSigns(signs("in-review"));
    }

    @Test
    void whatWasTurnedDownIsSaidBeforeAMessageFails() {
        answers.putAll(outcome(State.REJECTED));

        awaitSigns(signs("rejected"));
    }

    @Test
    void asksOnceHoweverOftenOneLooks() {
        answers.putAll(outcome(State.APPROVED));
        awaitSigns(signs(null));
        answers.putAll(outcome(State.REJECTED));

        for (var i = 0; i < 5; i++) {
            assertThat(look()).isEqualTo(signs(null));
        }
        assertThat(requests()).hasSize(parts().size());
    }

    /** The platform answers only when the look is over. */
    @Test
    void aSlowPlatformHoldsNobodyUpAndIsHeardTheNextTime() {
        answers.putAll(outcome(State.APPROVED));
        var lookIsOver = Sinks.empty();
        platform.script(
                "/",
                (request, response) ->
                        lookIsOver
                                .asMono()
                                .then(Mono.defer(() -> Mono.from(reply(request, response)))));

        assertThat(look()).isEmpty();
        assertThat(lookIsOver.tryEmitEmpty()).isEqualTo(EmitResult.OK);

        awaitSigns(signs(null));
        assertThat(requests()).hasSize(parts().size());
    }

    @Test
    void whoMayNotAskHearsNoComplaintAndSendsAllTheSame() {
        outcome(State.APPROVED).keySet().forEach(api -> answers.put(api, mayNotAsk()));
        answers.put("SendSms", taken());

        assertThat(look()).isEmpty();
        deliver();
        assertThat(look()).isEmpty();
    }

    @Test
    void aRefusedMessageIsTheNewerNewsUntilOneIsTaken() {
        answers.putAll(outcome(State.APPROVED));
        awaitSigns(signs(null));

        answers.put("SendSms", templateRefused());
        assertThatThrownBy(this::deliver).isInstanceOf(Blocked.class);
        assertThat(look()).hasSize(parts().size()).contains(HealthSign.ill("template", "rejected"));

        answers.put("SendSms", taken());
        deliver();
        assertThat(look()).isEqualTo(signs(null));
    }
}
