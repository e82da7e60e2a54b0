package io.guanjia.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

class InquiryTest {

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void dispose() {
        timer.dispose();
    }

    @Test
    void asksOnceInTenMinutesHoweverOftenOneLooks() {
        var inquiry = new Inquiry<>(() -> Mono.fromSupplier(asked::incrementAndGet), timer);

        StepVerifier.create(inquiry.look()).expectNext(1).verifyComplete();
        timer.advanceTimeBy(Duration.ofMinutes(9));
        StepVerifier.create(inquiry.look()).expectNext(1).verifyComplete();
        timer.advanceTimeBy(Duration.ofMinutes(2));
        StepVerifier.create(inquiry.look()).expectNext(2).verifyComplete();
    }

    @Test
    void doesNotKeepWhoeverLooksWaitingAndKnowsALateAnswerAtTheNextLook() {
        var late = Sinks.<String>one();
        var inquiry =
                new Inquiry<>(
                        () -> {
                            asked.incrementAndGet();
                            return late.asMono();
                        },
                        timer);

        StepVerifier.create(inquiry.look())
                .then(() -> timer.advanceTimeBy(Duration.ofMillis(500)))
                .verifyComplete();
        late.tryEmitValue("here");
        StepVerifier.create(inquiry.look()).expectNext("here").verifyComplete();
        assertThat(asked).as("by the one request").hasValue(1);
    }

    @Test
    void saysWhatItWasToldBeforeWhileThePlatformDoesNotAnswer() {
        var inquiry =
                new Inquiry<>(
                        () ->
                                asked.incrementAndGet() == 1
                                        ? Mono.just("before")
                                        : Mono.error(new IllegalStateException("away")),
                        timer);

        StepVerifier.create(inquiry.look()).expectNext("before").verifyComplete();
        timer.advanceTimeBy(Duration.ofMinutes(11));
        StepVerifier.create(inquiry.look()).expectNext("before").verifyComplete();
        StepVerifier.create(inquiry.look()).expectNext("before").verifyComplete();
        timer.advanceTimeBy(Duration.ofMinutes(2));
        StepVerifier.create(inquiry.look()).expectNext("before").verifyComplete();

        assertThat(asked).hasValue(3);

        timer.advanceTimeBy(Duration.ofHours(1));
        StepVerifier.create(inquiry.look()).verifyComplete();
    }
}
