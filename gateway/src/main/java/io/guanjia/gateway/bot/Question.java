package io.guanjia.gateway.bot;

import java.util.List;

/**
 * A customer's words, and what they may be an answer to.
 *
 * @param text as the customer wrote it, of any length, possibly blank
 * @param offered what the bot offered last, in the order the customer read it; may be empty
 * @param locale the customer's language as a BCP 47 tag, such as {@code zh-CN} or {@code en}
 */
public record Question(String text, List<Suggestion> offered, String locale) {

    public Question {
        offered = List.copyOf(offered);
    }

    /** Leaves out the customer's words: this may end up in logs. */
    @Override
    public String toString() {
        return "Question[length=%d, offered=%d, locale=%s]"
                .formatted(text.length(), offered.size(), locale);
    }
}
