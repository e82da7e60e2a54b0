package io.guanjia.gateway.channel;

import reactor.core.publisher.Mono;

import java.time.Instant;

/**
 * Codes that a platform hands out for one answer within a short time, such as a {@code
 * welcome_code}. All nodes share them: the node that hears of one is not always the one that
 * answers. May lose one, which costs the answer its special way and no more; so nothing here fails.
 */
public interface OneTimeCodes {

    /**
     * Keeps a code, in place of an earlier one under that key.
     *
     * @param key such as {@code wecom-kf/main/wm…}
     */
    Mono<Void> keep(String key, Code code);

    /** Takes the code away; of several callers one gets it. Empty where there is none any more. */
    Mono<Code> take(String key);

    /** A code and when its time is over. */
    record Code(String code, Instant until) {

        /** Leaves out the code: this ends up in logs. */
        @Override
        public String toString() {
            return "Code[until=" + until + "]";
        }
    }
}
