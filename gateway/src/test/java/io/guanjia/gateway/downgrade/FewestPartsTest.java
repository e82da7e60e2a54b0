package io.guanjia.gateway.downgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.channel.TextLimit.Narrow;
import io.guanjia.gateway.channel.TextLimit.Parts;
import io.guanjia.gateway.channel.TextLimit.Unit;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts that the network divides once more, and bills by the part. */
class FewestPartsTest {

    private static final TextLimit SMS = TextLimit.sms(500, 0);

    @Test
    void endAMessageWhereAPartIsFull() {
        var fullParts = sentences(100, 100, 100, 100, 69);
        var rest = sentences(30, 170);

        var messages = Sentences.divide(fullParts + rest, SMS);

        assertThat(messages).containsExactly(fullParts, rest);
        assertThat(parts(messages, SMS)).isEqualTo(7 + 3);
        assertThat(parts(filled(fullParts + rest, SMS), SMS)).isEqualTo(8 + 3);
    }

    @Test
    void countASignatureWithEveryMessage() {
        var signed = TextLimit.sms(500, 7);
        var fullParts = sentences(100, 100, 100, 100, 62);
        var rest = sentences(30, 164);

        var messages = Sentences.divide(fullParts + rest, signed);

        assertThat(messages).containsExactly(fullParts, rest);
        assertThat(parts(messages, signed)).isEqualTo(7 + 3);
        assertThat(parts(filled(fullParts + rest, signed), signed)).isEqualTo(8 + 3);
    }

    @Test
    void areAsLongAsTheAlphabetMakesThem() {
        var latin = TextLimit.billed(1000, 160, 153);
        var fullParts = latin(400) + " " + latin(517);
        var rest = latin(60) + " " + latin(390);

        var messages = Sentences.divide(fullParts + " " + rest, latin);

        assertThat(messages).containsExactly(fullParts, rest);
        assertThat(parts(messages, latin)).isEqualTo(6 + 3);
        assertThat(parts(filled(fullParts + " " + rest, latin), latin)).isEqualTo(7 + 3);
    }

    @Test
    void fillTheirPartsWhereNobodyPauses() {
        var messages = Sentences.divide("一".repeat(938), SMS);

        assertThat(messages).containsExactly("一".repeat(469), "一".repeat(469));
        assertThat(parts(filled("一".repeat(938), SMS), SMS)).isEqualTo(8 + 7);
    }

    /** Ten messages of 70 would be two parts less. */
    @Test
    void areNoMoreThanIfEachWereFilled() {
        var text = sentences(70, 70, 70, 70, 70, 70, 70, 70, 70, 70);

        var messages = Sentences.divide(text, SMS);

        assertThat(messages).hasSize(2);
        assertThat(parts(messages, SMS)).isEqualTo(12);
    }

    @Test
    void preferTheEndOfAParagraphWhereItCostsNoMore() {
        var first = sentences(60, 60, 60);
        var second = sentences(60, 60, 60, 60, 60, 60);

        assertThat(Sentences.divide(first + "\n" + second, SMS)).containsExactly(first, second);
    }

    @Test
    void costTheLeastThatSentenceEndsAllow() {
        var random = new Random(20260302);
        var limit = TextLimit.billed(30, 7, 6);
        var cheaper = 0;
        for (var round = 0; round < 200; round++) {
            var sentences =
                    IntStream.range(0, random.nextInt(4, 11))
                            .mapToObj(any -> sentences(random.nextInt(2, 14)))
                            .toList();
            var text = String.join("", sentences);
            var filled = filled(text, limit);

            var messages = Sentences.divide(text, limit);

            assertThat(parts(messages, limit))
                    .as(text)
                    .isEqualTo(least(sentences, limit, filled.size()));
            cheaper += parts(messages, limit) < parts(filled, limit) ? 1 : 0;
        }
        assertThat(cheaper).isPositive();
    }

    @Test
    void neverCostMoreThanFilledOnesAndLoseNothing() {
        var random = new Random(7);
        var alphabet = "一二三。，！\n ab.1;“”…😀";
        var characters = alphabet.codePoints().toArray();
        var narrow = new Narrow(14, 12, 2, true);
        for (var round = 0; round < 300; round++) {
            var text = new StringBuilder();
            for (var i = 0; i < random.nextInt(1, 200); i++) {
                text.appendCodePoint(characters[random.nextInt(characters.length)]);
            }
            var limit =
                    new TextLimit(
                            random.nextInt(8, 60),
                            Unit.CHARACTERS,
                            new Parts(7, 6, 1, round % 2 == 0 ? null : narrow));

            var messages = Sentences.divide(text.toString(), limit);

            var filled = filled(text.toString(), limit);
            assertThat(messages).allMatch(limit::fits).noneMatch(String::isBlank);
            assertThat(messages).hasSizeLessThanOrEqualTo(filled.size());
            assertThat(parts(messages, limit)).isLessThanOrEqualTo(parts(filled, limit));
            assertThat(bare(messages)).isEqualTo(bare(List.of(text.toString())));
        }
    }

    /** Every way to put sentences into so many messages, tried. */
    private static int least(List<String> sentences, TextLimit limit, int most) {
        var least = Integer.MAX_VALUE;
        for (var ends = 0; ends < 1 << (sentences.size() - 1); ends++) {
            var messages = new ArrayList<String>();
            var message = new StringBuilder();
            for (var i = 0; i < sentences.size(); i++) {
                message.append(sentences.get(i));
                if (i == sentences.size() - 1 || (ends >> i & 1) == 1) {
                    messages.add(message.toString());
                    message.setLength(0);
                }
            }
            if (messages.size() <= most && messages.stream().allMatch(limit::fits)) {
                least = Math.min(least, parts(messages, limit));
            }
        }
        return least;
    }

    /** As they would be if nobody counted parts. */
    private static List<String> filled(String text, TextLimit limit) {
        return Sentences.divide(text, new TextLimit(limit.most(), limit.unit(), null));
    }

    private static int parts(List<String> messages, TextLimit limit) {
        var bill = Objects.requireNonNull(limit.parts());
        return messages.stream().mapToInt(bill::of).sum();
    }

    private static String sentences(int... lengths) {
        return IntStream.of(lengths)
                .mapToObj(length -> "一".repeat(length - 1) + "。")
                .collect(Collectors.joining());
    }

    private static String latin(int length) {
        return "a".repeat(length - 1) + ".";
    }

    private static String bare(List<String> messages) {
        return String.join("", messages).replaceAll("\\s", "");
    }
}
