package io.guanjia.gateway.bot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.util.Objects;

/** The numbers are what Hugging Face's tokenizers 0.21 gives for the model's tokenizer.json. */
class WordPieceTest {

    private static final WordPiece WORDS = WordPiece.read(vocabulary());

    @Test
    void cutsChineseIntoCharacters() {
        assertThat(WORDS.tokens("信用卡怎么激活?", 512))
                .containsExactly(101, 928, 4500, 1305, 2582, 720, 4080, 3833, 136, 102);
    }

    @Test
    void cutsEnglishIntoTheLongestKnownPieces() {
        assertThat(WORDS.tokens("how do i activate my unbelievable card", 512))
                .containsExactly(
                        101, 9510, 8895, 151, 10355, 8169, 8786, 8299, 8422, 163, 8171, 12157, 8402,
                        8786, 8862, 10674, 102);
    }

    @Test
    void readsMixedTextAndUnknownLetters() {
        assertThat(WORDS.tokens("apple pay 能用吗, 2024年!", 512))
                .containsExactly(
                        101, 8350, 9452, 5543, 4500, 1408, 117, 9707, 8159, 2399, 106, 102);
        assertThat(WORDS.tokens("ゆ한글 emoji", 512))
                .containsExactly(101, 100, 13152, 8167, 9343, 102);
        assertThat(WORDS.tokens("", 512)).containsExactly(101, 102);
    }

    @Test
    void cutsOffWhatIsTooLong() {
        assertThat(WORDS.tokens("卡".repeat(100), 10)).hasSize(10).endsWith(102);
    }

    private static InputStream vocabulary() {
        return Objects.requireNonNull(
                WordPieceTest.class.getResourceAsStream("/bge-small-zh-v1.5-q-tokenizer.json"));
    }
}
