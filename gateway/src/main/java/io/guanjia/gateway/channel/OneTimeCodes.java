package io.guanjia.gateway.channel;

import io.guanjia.gateway.message.Address;

import reactor.core.publisher.Mono;

import java.time.Instant;

/**
 * Codes that a platform hands out for one answer within a short time, such as a {@code
 * welcome_code}. All nodes share them: the node that hears of one is not always the one that
 * answers. May lose one, which costs the answer its special way and no more; so nothing here fails.
 *
 * <p>A channel finds the code in what came ({@link Channel#codeOf}), the gateway keeps it once the
 * journal has that, and the channel takes it when there is something to say.
 */
public interface OneTimeCodes {

    /** Keeps a code by which that party can be answered, in place of an earlier one. */
    Mono<Void> keep(Address party, Code code);

    /** Takes the code away; of several callers one gets it. Empty where there is none any more. */
    Mono<Code> take(Address party);

    /** A code and when its time is over. */
    record Code(String code, Instant until) {

        /** Leaves out the code: this ends up in logs. */
        @Override
        public String toString() {
            return "Code[until=" + until + "]";
        }
    }
}
