package io.guanjia.gateway.downgrade;

import org.jspecify.annotations.Nullable;

/** Where a reader pauses, the better places first. */
enum Pause {
    PARAGRAPH(0) {
        @Override
        boolean after(String text, int at) {
            return text.charAt(at - 1) == '\n';
        }
    },
    SENTENCE(1) {
        @Override
        boolean after(String text, int at) {
            var last = at - 1;
            while (last > 0 && CLOSING.indexOf(text.charAt(last)) >= 0) {
                last--;
            }
            return isEnd(text, last) && !goesOn(text, at, CLOSING + ENDS);
        }
    },
    CLAUSE(2) {
        @Override
        boolean after(String text, int at) {
            return CLAUSES.indexOf(text.charAt(at - 1)) >= 0
                    && (at == text.length() || !isLatin(text.charAt(at)))
                    && !goesOn(text, at, CLOSING);
        }
    },
    WORD(3) {
        @Override
        boolean after(String text, int at) {
            return Character.isWhitespace(text.charAt(at - 1));
        }
    };

    private static final String ENDS = "。！？!?；;…";
    private static final String CLOSING = "”’」』）)】》\"'";
    private static final String CLAUSES = "，,、：:";

    /** What no pause at all counts as. */
    static final int NONE = 4;

    private final int roughness;

    Pause(int roughness) {
        this.roughness = roughness;
    }

    /** How badly a reader is interrupted there. */
    int roughness() {
        return roughness;
    }

    /**
     * Whether there is such a pause.
     *
     * @param at how much of the text comes before it, at least one
     */
    abstract boolean after(String text, int at);

    /** The best that there is; null for none. */
    static @Nullable Pause at(String text, int at) {
        for (var kind : values()) {
            if (kind.after(text, at)) {
                return kind;
            }
        }
        return null;
    }

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
