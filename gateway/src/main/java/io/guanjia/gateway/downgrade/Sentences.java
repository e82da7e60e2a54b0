package io.guanjia.gateway.downgrade;

import io.guanjia.gateway.channel.TextLimit;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Divides words that are too long for one message, where a reader would pause: after a paragraph, a
 * sentence, a clause, a word. Nothing is lost but the space at the ends, and no character is torn.
 */
final class Sentences {

    private static final String ENDS = "。！？!?；;…";
    private static final String CLOSING = "”’」』）)】》\"'";
    private static final String CLAUSES = "，,、：:";

    private Sentences() {}

    static List<String> divide(String text, TextLimit limit) {
        var parts = new ArrayList<String>();
        var rest = text.strip();
        while (!limit.fits(rest)) {
            var end = pause(rest, longest(rest, limit));
            var part = rest.substring(0, end).strip();
            if (!part.isEmpty()) {
                parts.add(part);
            }
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        return parts;
    }

    /** The end of the longest start that fits and tears no character; at least one character. */
    private static int longest(String text, TextLimit limit) {
        var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        var end = characters.next();
        for (var next = end; next != BreakIterator.DONE; next = characters.next()) {
            if (!limit.fits(text.substring(0, next))) {
                break;
            }
            end = next;
        }
        return end;
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

    /** Where a reader pauses, the better places first. */
    private enum Pause {
        PARAGRAPH {
            @Override
            boolean after(String text, int at) {
                return text.charAt(at - 1) == '\n';
            }
        },
        SENTENCE {
            @Override
            boolean after(String text, int at) {
                var last = at - 1;
                while (last > 0 && CLOSING.indexOf(text.charAt(last)) >= 0) {
                    last--;
                }
                return isEnd(text, last) && !goesOn(text, at, CLOSING + ENDS);
            }
        },
        CLAUSE {
            @Override
            boolean after(String text, int at) {
                return CLAUSES.indexOf(text.charAt(at - 1)) >= 0
                        && (at == text.length() || !isLatin(text.charAt(at)))
                        && !goesOn(text, at, CLOSING);
            }
        },
        WORD {
            @Override
            boolean after(String text, int at) {
                return Character.isWhitespace(text.charAt(at - 1));
            }
        };

        abstract boolean after(String text, int at);

        /** A full stop ends a sentence only before a space, not in a number or an address. */
        private static boolean isEnd(String text, int at) {
            var mark = text.charAt(at);
            return mark == '.' || (mark < 128 && ENDS.indexOf(mark) >= 0)
                    ? at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1))
                    : ENDS.indexOf(mark) >= 0;
        }

        private static boolean goesOn(String text, int at, String marks) {
            return at < text.length() && marks.indexOf(text.charAt(at)) >= 0;
        }

        private static boolean isLatin(char character) {
            return character < 128 && !Character.isWhitespace(character);
        }
    }
}
