package io.guanjia.gateway.bot;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A customer's pick among what the bot offered, by number or by label. */
final class Choice {

    /** Enough for any list a person would read; also 第二个, 选2, 二, 2号, the second one. */
    private static final List<String> ORDINALS =
            List.of("1|一|first", "2|二|两|second", "3|三|third", "4|四|fourth", "5|五|fifth");

    private static final String BEFORE = "(?:我?(?:选|要|问)(?:择|的?是)?|回复|no|number|the|option)? ?第?";
    private static final String AFTER = "(?:个|条|项|号|种)?(?:问题)?(?: one)?(?:吧|啊|呀)?";
    private static final List<Pattern> PATTERNS =
            ORDINALS.stream()
                    .map(ordinal -> Pattern.compile(BEFORE + "(?:" + ordinal + ")" + AFTER))
                    .toList();
    private static final Pattern LAST =
            Pattern.compile("(?:选|要)?(?:最后|最后面)(?:一|1)?(?:个|条|项)?|(?:the )?last(?: one)?");

    private Choice() {}

    /** Empty when the words are no pick, or a number that was not offered. */
    static Optional<Suggestion> of(Utterance said, List<Suggestion> offered) {
        return byLabel(said, offered).or(() -> byNumber(said.compact(), offered));
    }

    private static Optional<Suggestion> byLabel(Utterance said, List<Suggestion> offered) {
        return offered.stream()
                .filter(one -> Utterance.of(one.label()).compact().equals(said.compact()))
                .findFirst();
    }

    private static Optional<Suggestion> byNumber(String said, List<Suggestion> offered) {
        for (var i = 0; i < Math.min(offered.size(), PATTERNS.size()); i++) {
            if (PATTERNS.get(i).matcher(said).matches()) {
                return Optional.of(offered.get(i));
            }
        }
        return !offered.isEmpty() && LAST.matcher(said).matches()
                ? Optional.of(offered.getLast())
                : Optional.empty();
    }
}
