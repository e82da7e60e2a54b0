package io.guanjia.gateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;

import java.util.Map;

class ConversationJsonTest {

    private final JsonMapper mapper = JsonMapper.shared();
    private final ConversationJson json = new ConversationJson(mapper);

    /** In the columns ¤ stands for the character that PostgreSQL does not keep. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "你好, 你好",
                "a¤b¤¤c, abc",
                "\\u0000, \\u0000",
                "\\¤, \\",
                "\\\\u0000¤, \\\\u0000",
                "C:\\¤u0000, C:\\u0000"
            })
    void leavesOutTheOneCharacterAndNothingThatOnlyLooksLikeIt(String said, String kept) {
        var written = json.write(Map.of("body", said.replace('¤', '\0')));

        assertThat(mapper.readTree(written).get("body").asString()).isEqualTo(kept);
    }
}
