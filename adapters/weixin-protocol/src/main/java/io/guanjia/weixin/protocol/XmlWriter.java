package io.guanjia.weixin.protocol;

import java.util.function.Consumer;

/**
 * Writes one XML document as the WeChat family does: a root named {@code xml}, text in CDATA,
 * numbers plain. Element names are ours and therefore trusted; values are not.
 *
 * <p>Characters that XML cannot carry, such as a backspace in what a customer typed, become U+FFFD.
 */
public final class XmlWriter {

    private final StringBuilder xml = new StringBuilder(256).append("<xml>");

    /** Adds text, whatever it contains. */
    public XmlWriter cdata(String name, String value) {
        open(name).append("<![CDATA[");
        // "]]>" would end the section early: end it ourselves in the middle and start another.
        xml.append(XmlCharacters.legal(value).replace("]]>", "]]]]><![CDATA[>")).append("]]>");
        return close(name);
    }

    /** Adds a value without CDATA, escaped. For numbers and timestamps. */
    public XmlWriter plain(String name, String value) {
        open(name)
                .append(
                        XmlCharacters.legal(value)
                                .replace("&", "&amp;")
                                .replace("<", "&lt;")
                                .replace(">", "&gt;"));
        return close(name);
    }

    /** Adds a number. */
    public XmlWriter plain(String name, long value) {
        return plain(name, Long.toString(value));
    }

    /** Adds an element that holds what {@code content} writes. */
    public XmlWriter group(String name, Consumer<XmlWriter> content) {
        open(name);
        content.accept(this);
        return close(name);
    }

    /** The finished document. */
    public String toXml() {
        return xml + "</xml>";
    }

    private StringBuilder open(String name) {
        return xml.append('<').append(name).append('>');
    }

    private XmlWriter close(String name) {
        xml.append("</").append(name).append('>');
        return this;
    }
}
