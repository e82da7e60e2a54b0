package io.guanjia.gateway.downgrade;

import io.guanjia.gateway.channel.TextLimit;

import org.jspecify.annotations.Nullable;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Divides words that are too long for one message, where a reader would pause: after a paragraph, a
 * sentence, a clause, a word. Nothing is lost but the space at the ends, and no character is torn.
 *
 * <p>A message takes as much as it can, unless the network bills it by the part: then {@link
 * FewestParts} decides.
 */
final class Sentences {

    /** Characters; of more a part saved is little, and finding it takes long. */
    private static final int LONGEST_WORTH_IT = 2000;

    private Sentences() {}

    static List<String> divide(String text, TextLimit limit) {
        var words = text.strip();
        var filled = filled(words, limit);
        var bill = limit.parts();
        return bill == null || filled.size() < 2 || words.length() > LONGEST_WORTH_IT
                ? filled
                : FewestParts.of(words, limit, bill, filled.size());
    }

    /** Each message as full as a good place to pause lets it be. */
    private static List<String> filled(String text, TextLimit limit) {
        var messages = new ArrayList<String>();
        var rest = text;
        while (!limit.fits(rest)) {
            var end = pause(rest, longest(rest, limit::fits));
            var message = rest.substring(0, end).strip();
            if (!message.isEmpty()) {
                messages.add(message);
            }
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            messages.add(rest);
        }
        return messages;
    }

    /** The end of the longest start that fits and tears no character; at least one character. */
    static int longest(String text, Predicate<String> fits) {
        var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        var end = characters.next();
        for (var next = end; next != BreakIterator.DONE; next = characters.next()) {
            if (!fits.test(text.substring(0, next))) {
                break;
            }
            end = next;
        }
        return end;
    }

    /**
     * All places up to {@code longest} that are at least as good as the one where a filled message
     * would end, or where a sentence ends; the last ones first. None where no reader would pause.
     */
    static List<Integer> pauses(String text, int longest) {
        var usual = Pause.at(text, pause(text, longest));
        if (usual == null) {
            return List.of();
        }
        var worst = usual.compareTo(Pause.SENTENCE) > 0 ? usual : Pause.SENTENCE;
        return IntStream.rangeClosed(1, longest)
                .map(before -> longest + 1 - before)
                .filter(at -> isAsGood(Pause.at(text, at), worst))
                .boxed()
                .toList();
    }

    private static boolean isAsGood(@Nullable Pause pause, Pause worst) {
        return pause != null && pause.compareTo(worst) <= 0;
    }

    /** The last good place to pause in the second half; else in the first; else wherever it is. */
    private static int pause(String text, int longest) {
        var later = pause(text, longest, longest / 2);
        var anywhere = later > 0 ? later : pause(text, longest / 2, 0);
        return anywhere > 0 ? anywhere : longest;
    }

    /** In {@code (after, until]}; 0 for none. */
    private static int pause(String text, int until, int after) {
        for (var kind : Pause.values()) {
            for (var at = until; at > after; at--) {
                if (kind.after(text, at)) {
                    return at;
                }
            }
        }
        return 0;
    }
}
