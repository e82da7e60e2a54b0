package io.guanjia.sandbox.sms;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of a template, in whatever brackets. */
final class Placeholders {

    private Placeholders() {}

    /**
     * Fails with {@link Missing} where a variable has no value.
     *
     * @param style a pattern whose first group is the name
     */
    static String fill(String content, String style, Map<String, String> variables) {
        return Pattern.compile(style)
                .matcher(content)
                .replaceAll(
                        found -> {
                            var value = variables.get(found.group(1));
                            if (value == null) {
                                throw new Missing();
                            }
                            return Matcher.quoteReplacement(value);
                        });
    }

    /** A variable without a value. */
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1;

        Missing() {
            super("a variable has no value", null, false, false);
        }
    }
}
