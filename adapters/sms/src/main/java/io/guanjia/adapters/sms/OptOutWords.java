package io.guanjia.adapters.sms;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words by which somebody refuses further messages. 通信短信息服务管理规定 (工信部令第31号) wants an easy way to
 * refuse in every commercial message, and an end of them once it is used; in practice that is
 * 拒收请回复R, 回T退订 or TD.
 *
 * <p>A message that is one of them is delivered like any other. Whoever decides what follows asks
 * here.
 */
public final class OptOutWords {

    private static final Set<String> USUAL =
            Set.of(
                    "R",
                    "T",
                    "TD",
                    "N",
                    "QX",
                    "0000",
                    "00000",
                    "退订",
                    "拒收",
                    "拒绝",
                    "取消订阅",
                    "不再接收",
                    "STOP",
                    "UNSUBSCRIBE");

    /** What people put around a word: quotation marks, a full stop. */
    private static final Pattern AROUND = Pattern.compile("^[\\s\\p{P}]+|[\\s\\p{P}]+$");

    private final Set<String> words;

    private OptOutWords(Set<String> words) {
        this.words = words;
    }

    public static OptOutWords usual() {
        return new OptOutWords(USUAL);
    }

    /** These as well, however they are written. */
    public OptOutWords and(Set<String> more) {
        return new OptOutWords(
                Stream.concat(words.stream(), more.stream().map(OptOutWords::bare))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether the whole text is one of the words, in full width or half, in capitals or not. */
    public boolean match(String text) {
        return words.contains(bare(text));
    }

    private static String bare(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return AROUND.matcher(plain).replaceAll("").toUpperCase(Locale.ROOT);
    }
}
