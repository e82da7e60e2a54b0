package io.guanjia.gateway.bot;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/**
 * One thing customers ask, and what we answer.
 *
 * @param smallTalk whether this is mere politeness, which is answered but never suggested
 * @param english the same for customers who write English; null where nobody wrote it
 */
record Entry(String id, boolean smallTalk, Text chinese, @Nullable Text english) {

    /**
     * An entry in one language.
     *
     * @param title the question as a customer reads it when it is suggested
     * @param wordings other ways to ask it
     */
    record Text(String title, List<String> wordings, String answer) {

        Text {
            wordings = List.copyOf(wordings);
        }
    }

    /** Everything that may be said to mean this entry, titles included. */
    Stream<String> wordings() {
        return Stream.of(chinese, english)
                .filter(text -> text != null)
                .flatMap(text -> Stream.concat(Stream.of(text.title()), text.wordings().stream()));
    }

    /** Falls back on Chinese where the entry has no translation. */
    Text in(Language language) {
        return language == Language.ENGLISH && english != null ? english : chinese;
    }
}
