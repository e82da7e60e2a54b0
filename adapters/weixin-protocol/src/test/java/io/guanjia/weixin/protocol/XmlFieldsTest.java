package io.guanjia.weixin.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.weixin.protocol.ProtocolException.Reason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;

class XmlFieldsTest {

    @Test
    void readsCdataAndPlainTextAlike() {
        var xml =
                XmlFields.parse(
                        """
                        <xml>
                          <ToUserName><![CDATA[gh_1]]></ToUserName>
                          <FromUserName>o1</FromUserName>
                          <Content>
                            <![CDATA[ 1 < 2 & "好" ]]>
                          </Content>
                          <Label>A &amp; B &#x597D;</Label>
                          <EventKey></EventKey>
                          <Ticket/>
                        </xml>
                        """);

        assertThat(xml.name()).isEqualTo("xml");
        assertThat(xml.text("ToUserName")).isEqualTo("gh_1");
        assertThat(xml.text("FromUserName")).isEqualTo("o1");
        assertThat(xml.text("Content")).isEqualTo(" 1 < 2 & \"好\" ");
        assertThat(xml.text("Label")).isEqualTo("A & B 好");
        assertThat(xml.find("EventKey")).contains("");
        assertThat(xml.find("Ticket")).contains("");
        assertThat(xml.find("Nothing")).isEmpty();
    }

    @Test
    void keepsNestedAndRepeatedElementsInOrder() {
        var xml =
                XmlFields.parse(
                        "<xml><PicList><item><PicMd5Sum>a</PicMd5Sum></item>"
                                + "<item><PicMd5Sum>b</PicMd5Sum></item></PicList>"
                                + "<New id=\"7\">x<y/></New></xml>");

        var leaves = new ArrayList<String>();
        xml.forEachLeaf((path, value) -> leaves.add(path + "=" + value));

        assertThat(leaves)
                .containsExactly(
                        "PicList/item/PicMd5Sum=a",
                        "PicList/item/PicMd5Sum=b",
                        "New/@id=7",
                        "New/y=",
                        "New/#text=x");
        assertThat(xml.findGroup("PicList").orElseThrow().all("item")).hasSize(2);
    }

    @Test
    void readsADocumentWithByteOrderMarkDeclarationAndWindowsLineEnds() {
        var document =
                "\uFEFF<?xml version=\"1.0\" encoding=\"gbk\"?>\r\n<!-- x -->\r\n"
                        + "<xml>\r\n<Content><![CDATA[好\r\n的]]></Content>\r\n</xml>\r\n";

        assertThat(XmlFields.parse(document).text("Content")).isEqualTo("好\n的");
        assertThat(XmlFields.parse(document.getBytes(UTF_8)).text("Content")).isEqualTo("好\n的");
    }

    @Test
    void keepsAMessageThatContainsWhatXmlForbids() {
        var xml = XmlFields.parse("<xml><Content><![CDATA[a\bb\0c\uD83Dd😀]]></Content></xml>");

        assertThat(xml.text("Content")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd😀");
    }

    @Test
    void readsTheEndOfASectionInsideASection() {
        var xml = XmlFields.parse("<xml><C><![CDATA[a]]]]><![CDATA[>b]]></C></xml>");

        assertThat(xml.text("C")).isEqualTo("a]]>b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE xml><xml/>",
                "<!DOCTYPE xml [<!ENTITY a \"b\">]><xml>&a;</xml>",
                "<!DOCTYPE xml SYSTEM \"http://127.0.0.1:9/x.dtd\"><xml/>",
                "<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml>&a;</xml>",
                "<!DOCTYPE xml [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p\"> %p;]><xml/>"
            })
    void refusesDocumentTypes(String document) {
        assertThat(rejection(document)).isEqualTo(Reason.DOCTYPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{\"ToUserName\":\"x\"}",
                "<xml>",
                "<xml></a>",
                "<xml><a></xml>",
                "<xml/><xml/>",
                "<xml/>rubbish",
                "<xml>&unknown;</xml>",
                "<xml a=\"&unknown;\"/>",
                "<xml a=\"1\" a=\"2\"/>",
                "<xml><![CDATA[</xml>",
                "<a:xml/>"
            })
    void refusesWhatIsNotWellFormed(String document) {
        assertThat(rejection(document)).isIn(Reason.MALFORMED, Reason.DOCTYPE);
    }

    @Test
    void refusesWhatIsTooLarge() {
        var largest = "<xml><C>" + "a".repeat(XmlFields.MAX_BYTES - 18) + "</C></xml>";

        assertThat(largest.getBytes(UTF_8).length).isEqualTo(XmlFields.MAX_BYTES);
        assertThat(XmlFields.parse(largest).text("C")).hasSize(XmlFields.MAX_BYTES - 18);
        assertThat(rejection(largest + " ")).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejection("<xml><C>" + "好".repeat(22_000) + "</C></xml>"))
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(
                        catchThrowableOfType(
                                        ProtocolException.class,
                                        () -> XmlFields.parse((largest + " ").getBytes(UTF_8)))
                                .reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void refusesWhatIsTooDeep() {
        int most = XmlFields.MAX_DEPTH;

        assertThat(XmlFields.parse("<a>".repeat(most) + "</a>".repeat(most)).name()).isEqualTo("a");
        assertThat(rejection("<a>".repeat(most + 1) + "</a>".repeat(most + 1)))
                .isEqualTo(Reason.TOO_DEEP);
        assertThat(rejection("<a>".repeat(20_000))).isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void isCanonicallyEqualWhereOnlyTheFormDiffers() {
        var one = XmlFields.parse("<xml><A><![CDATA[1]]></A><B>2</B><B>3</B></xml>");
        var same = XmlFields.parse("<xml>\r\n <B>2</B>\n <A>1</A> <B><![CDATA[3]]></B></xml>");

        assertThat(same.canonical()).isEqualTo(one.canonical());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<xml><A>1</A><B>3</B><B>2</B></xml>",
                "<xml><A>1</A><B>2</B></xml>",
                "<xml><A>1</A><B>2</B><B>3</B><C/></xml>",
                "<xml><A>11:B1:20;1:B1:3</A></xml>",
                "<xml><A>1<B>2</B><B>3</B></A></xml>"
            })
    void isCanonicallyDifferentWhereAnythingElseDiffers(String other) {
        var one = XmlFields.parse("<xml><A>1</A><B>2</B><B>3</B></xml>");

        assertThat(XmlFields.parse(other).canonical()).isNotEqualTo(one.canonical());
    }

    private static Reason rejection(String document) {
        return catchThrowableOfType(ProtocolException.class, () -> XmlFields.parse(document))
                .reason();
    }
}
