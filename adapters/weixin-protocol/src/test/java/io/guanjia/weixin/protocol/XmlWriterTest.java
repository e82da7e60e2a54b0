package io.guanjia.weixin.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;

class XmlWriterTest {

    @Test
    void writesTextInCdataAndNumbersPlain() {
        var xml =
                new XmlWriter()
                        .cdata("ToUserName", "o1")
                        .plain("CreateTime", 1_700_000_000L)
                        .group("Image", image -> image.cdata("MediaId", "m"))
                        .toXml();

        assertThat(xml)
                .isEqualTo(
                        "<xml><ToUserName><![CDATA[o1]]></ToUserName>"
                                + "<CreateTime>1700000000</CreateTime>"
                                + "<Image><MediaId><![CDATA[m]]></MediaId></Image></xml>");
    }

    @Test
    void isReadBackUnchangedWhateverItHolds() {
        var random = new Random(11);
        var pieces = new String[] {"]]>", "]]", ">", "<a>", "&amp;", "<![CDATA[", "好", "😀", "x"};
        for (int i = 0; i < 2_000; i++) {
            var value = new StringBuilder("|");
            for (int n = random.nextInt(8); n > 0; n--) {
                value.append(pieces[random.nextInt(pieces.length)]);
            }

            var xml =
                    XmlFields.parse(
                            new XmlWriter()
                                    .cdata("A", value.toString())
                                    .plain("B", value.toString())
                                    .toXml());

            assertThat(xml.text("A")).isEqualTo(value.toString());
            assertThat(xml.text("B")).isEqualTo(value.toString());
            assertThat(xml.children()).hasSize(2);
        }
    }

    @Test
    void replacesWhatXmlForbids() {
        assertThat(new XmlWriter().cdata("A", "a\0b").plain("B", "\uFFFF").toXml())
                .isEqualTo("<xml><A><![CDATA[a\uFFFDb]]></A><B>\uFFFD</B></xml>");
    }
}
