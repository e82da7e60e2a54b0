package io.guanjia.weixin.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Runs its corpus with every build and goes on searching with {@code -Dfuzz}; see the README. */
class XmlFieldsFuzzTest {

    /** Any bytes are read or refused, and what is read can be written and read again. */
    @FuzzTest(maxDuration = "2m")
    void readsOrRefuses(byte[] document) {
        XmlFields read;
        try {
            read = XmlFields.parse(document);
        } catch (ProtocolException refused) {
            return;
        }
        read.forEachLeaf(
                (path, value) -> {
                    if (value.length() * 3 < XmlFields.MAX_BYTES / 2) {
                        var again = XmlFields.parse(new XmlWriter().cdata("V", value).toXml());
                        // Line ends are the one thing XML itself rewrites.
                        assertThat(again.text("V")).isEqualTo(value.replaceAll("\r\n?", "\n"));
                    }
                });
        assertThat(read.canonical()).isEqualTo(XmlFields.parse(document).canonical());
    }
}
