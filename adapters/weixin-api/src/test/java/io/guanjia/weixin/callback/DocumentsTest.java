package io.guanjia.weixin.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guanjia.weixin.protocol.ProtocolException;
import io.guanjia.weixin.protocol.ProtocolException.Reason;
import io.guanjia.weixin.protocol.XmlFields;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {

    @Test
    void readsTheSameFromXmlAndJson() {
        var xml =
                "<xml><MsgId>24567890123456789</MsgId><Group><Inner>是</Inner></Group>"
                        + "<List><Id>1</Id></List><List><Id>2</Id></List></xml>";
        var json =
                "\uFEFF \r\n{\"MsgId\":24567890123456789,\"Group\":{\"Inner\":\"是\"},"
                        + "\"List\":[{\"Id\":\"1\"},{\"Id\":2}]}";

        assertThat(Documents.parse(json).canonical()).isEqualTo(Documents.parse(xml).canonical());
    }

    @Test
    void takesOneOfAListAsAListOfOne() {
        assertThat(Documents.parse("{\"List\":{\"Id\":1}}"))
                .isEqualTo(Documents.parse("{\"List\":[{\"Id\":1}]}"));
    }

    @Test
    void keepsNumbersToTheLastDigit() {
        var fields =
                Documents.parse("{\"a\":18446744073709551615,\"b\":23.13452100001,\"c\":null}");

        assertThat(fields.text("a")).isEqualTo("18446744073709551615");
        assertThat(fields.text("b")).isEqualTo("23.13452100001");
        assertThat(fields.find("c")).contains("");
    }

    @Test
    void carriesNoCharacterThatXmlCouldNot() {
        assertThat(Documents.parse("{\"a\":\"x\\u0000\\ud83dy\"}").text("a"))
                .isEqualTo("x\uFFFD\uFFFDy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"a\":1", "{\"a\":1}{}", "{a:1}", "{\"a\":NaN}"})
    void refusesWhatIsNeither(String document) {
        assertThat(reason(document)).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void refusesWhatIsTooLargeOrTooDeep() {
        assertThat(reason("{\"a\":\"" + "x".repeat(XmlFields.MAX_BYTES) + "\"}"))
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(reason("{\"a\":" + "[".repeat(20_000))).isEqualTo(Reason.MALFORMED);
    }

    private static Reason reason(String document) {
        return catchThrowableOfType(ProtocolException.class, () -> Documents.parse(document))
                .reason();
    }
}
