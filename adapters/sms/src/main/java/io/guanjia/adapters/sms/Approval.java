package io.guanjia.adapters.sms;

import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.Inquiry;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Whether the provider has approved (审核) what an account sends by. Asked when somebody looks, no
 * more often and no longer than an {@link Inquiry} does.
 */
public final class Approval {

    /** What a review has come to. */
    public enum State {
        APPROVED,
        /** Not decided, or decided and not yet in force. */
        IN_REVIEW,
        /** Turned down, withdrawn or never applied for. */
        REJECTED
    }

    private final Inquiry<HealthSign> inquiry;

    private Approval(String part, Mono<State> review) {
        this.inquiry =
                new Inquiry<>(() -> review.map(state -> sign(part, state)), Schedulers.parallel());
    }

    /**
     * Of the template for plain words.
     *
     * @param review asks the provider; empty where it does not tell, as when the user may not ask
     */
    public static Approval ofTemplate(Mono<State> review) {
        return new Approval("template", review);
    }

    /** Of the signature; the same otherwise. */
    public static Approval ofSignature(Mono<State> review) {
        return new Approval("signature", review);
    }

    /** Empty where nothing is known: messages may go all the same. Does not fail. */
    Mono<HealthSign> look() {
        return inquiry.look();
    }

    private static HealthSign sign(String part, State state) {
        return switch (state) {
            case APPROVED -> HealthSign.well(part, null);
            case IN_REVIEW -> HealthSign.ill(part, "in-review");
            case REJECTED -> HealthSign.ill(part, "rejected");
        };
    }
}
