package io.guanjia.weixin.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One element of a callback with everything below it, in document order. Nothing is lost: unknown,
 * nested and repeated elements are all here.
 *
 * <p>An attribute is kept as a child named {@code @name}; text beside child elements as a child
 * named {@code #text}. The platform uses neither today.
 *
 * @param name the element's name as written
 * @param value its text; empty where it has children. Not trimmed, except that white space around a
 *     CDATA section is layout and dropped
 * @param children what it contains, in document order
 */
public record XmlFields(String name, String value, List<XmlFields> children) {

    /** The largest document read, in bytes of UTF-8. Callbacks are a few hundred bytes to 10 KB. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The deepest nesting read. The deepest known callback has six levels. */
    public static final int MAX_DEPTH = 32;

    public XmlFields {
        children = List.copyOf(children);
    }

    /**
     * Reads a document: with or without byte-order mark and declaration, any line ends, CDATA or
     * plain text. Characters illegal in XML are read as U+FFFD.
     *
     * @return the root element
     * @throws ProtocolException when it is too large, too deep, not well-formed, or brings a
     *     document type or an entity of its own, neither of which is ever resolved
     */
    public static XmlFields parse(String xml) {
        return XmlParser.parse(xml);
    }

    /** As {@link #parse(String)}, from UTF-8, whatever encoding the document may claim. */
    public static XmlFields parse(byte[] utf8) {
        if (utf8.length > MAX_BYTES) {
            throw new ProtocolException(ProtocolException.Reason.TOO_LARGE);
        }
        return XmlParser.parse(new String(utf8, StandardCharsets.UTF_8));
    }

    /** The text of the first child of that name. */
    public Optional<String> find(String child) {
        return findGroup(child).map(XmlFields::value);
    }

    /** The text of the first child of that name, or an empty text. */
    public String text(String child) {
        for (var field : children) {
            if (field.name.equals(child)) {
                return field.value;
            }
        }
        return "";
    }

    /** The first child of that name. */
    public Optional<XmlFields> findGroup(String child) {
        for (var field : children) {
            if (field.name.equals(child)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** All children of that name, in document order. */
    public List<XmlFields> all(String child) {
        return children.stream().filter(field -> field.name.equals(child)).toList();
    }

    /** Calls {@code visitor} with path and text of every leaf below this element, in order. */
    public void forEachLeaf(BiConsumer<String, String> visitor) {
        for (var field : children) {
            field.visitLeaves(field.name, visitor);
        }
    }

    private void visitLeaves(String path, BiConsumer<String, String> visitor) {
        if (children.isEmpty()) {
            visitor.accept(path, value);
        }
        for (var child : children) {
            child.visitLeaves(path + "/" + child.name, visitor);
        }
    }

    /**
     * A text that is equal for two documents exactly when they say the same: independent of layout,
     * CDATA and the order of differently named siblings. Meant to be hashed, not read.
     */
    public String canonical() {
        var text = new StringBuilder(256);
        canonicalise(text);
        return text.toString();
    }

    private void canonicalise(StringBuilder text) {
        // Lengths first, so that no value can pass for structure.
        text.append(name.length()).append(':').append(name);
        text.append(value.length()).append(':').append(value);
        text.append(children.size()).append(';');
        children.stream()
                .sorted(Comparator.comparing(XmlFields::name))
                .forEach(field -> field.canonicalise(text));
    }
}
