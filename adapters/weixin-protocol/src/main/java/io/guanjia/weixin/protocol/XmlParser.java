package io.guanjia.weixin.protocol;

import com.fasterxml.aalto.stax.InputFactoryImpl;

import io.guanjia.weixin.protocol.ProtocolException.Reason;

import org.codehaus.stax2.XMLInputFactory2;
import org.jspecify.annotations.Nullable;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLResolver;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Builds {@link XmlFields} in one pass. */
final class XmlParser {

    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader reader;

    private XmlParser(XMLStreamReader reader) {
        this.reader = reader;
    }

    static XmlFields parse(String document) {
        if (exceeds(document, XmlFields.MAX_BYTES)) {
            throw new ProtocolException(Reason.TOO_LARGE);
        }
        var xml = XmlCharacters.legal(withoutMark(document));
        try {
            var reader = FACTORY.createXMLStreamReader(new StringReader(xml));
            try {
                return new XmlParser(reader).document();
            } finally {
                reader.close();
            }
        } catch (ProtocolException e) {
            throw e;
        } catch (XMLStreamException | RuntimeException e) {
            // Aalto 1.3.4 runs off its tables on some rubbish; see the fuzz corpus.
            throw new ProtocolException(Reason.MALFORMED);
        }
    }

    private XmlFields document() throws XMLStreamException {
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    var root = element(1);
                    requireEnd();
                    return root;
                }
                case XMLStreamConstants.DTD -> throw new ProtocolException(Reason.DOCTYPE);
                default -> {}
            }
        }
    }

    /** Anything but comments after the root would be lost, so it is an error. */
    private void requireEnd() throws XMLStreamException {
        while (reader.hasNext()) {
            reader.next();
        }
    }

    private XmlFields element(int depth) throws XMLStreamException {
        if (depth > XmlFields.MAX_DEPTH) {
            throw new ProtocolException(Reason.TOO_DEEP);
        }
        var name = qualified(reader.getPrefix(), reader.getLocalName());
        List<XmlFields> children = attributes();
        var text = new Text();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (children.isEmpty()) {
                        children = new ArrayList<>();
                    }
                    children.add(element(depth + 1));
                }
                case XMLStreamConstants.CDATA -> text.cdata(reader.getText());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE ->
                        text.characters(reader.getText());
                case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new ProtocolException(Reason.DOCTYPE);
                case XMLStreamConstants.END_ELEMENT -> {
                    return finished(name, text.value(), children);
                }
                default -> {}
            }
        }
    }

    private static XmlFields finished(String name, String text, List<XmlFields> children) {
        if (children.isEmpty()) {
            return new XmlFields(name, text, List.of());
        }
        if (!text.isBlank()) {
            children.add(new XmlFields("#text", text, List.of()));
        }
        return new XmlFields(name, "", children);
    }

    private List<XmlFields> attributes() {
        int count = reader.getAttributeCount();
        if (count == 0) {
            return List.of();
        }
        var attributes = new ArrayList<XmlFields>(count);
        for (int i = 0; i < count; i++) {
            var name = qualified(reader.getAttributePrefix(i), reader.getAttributeLocalName(i));
            attributes.add(new XmlFields("@" + name, reader.getAttributeValue(i), List.of()));
        }
        return attributes;
    }

    private static String qualified(String prefix, String local) {
        return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
    }

    private static String withoutMark(String document) {
        return document.startsWith("\uFEFF") ? document.substring(1) : document;
    }

    private static boolean exceeds(String document, int bytes) {
        if (document.length() > bytes) {
            return true;
        }
        if (document.length() * 3L <= bytes) {
            return false;
        }
        long size = 0;
        for (int i = 0; i < document.length(); i++) {
            char c = document.charAt(i);
            // A surrogate is half of a four-byte character.
            size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return size > bytes;
    }

    private static XMLInputFactory factory() {
        var factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // Lazily, the end of broken input would surface from getText() instead of next().
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(
                XMLInputFactory.RESOLVER,
                (XMLResolver)
                        (publicId, systemId, base, namespace) -> {
                            throw new XMLStreamException("entities are not resolved");
                        });
        return factory;
    }

    /** The text of one element, which may come in several pieces. */
    private static final class Text {

        private String first = "";
        private @Nullable StringBuilder joined;
        private String layout = "";
        private boolean afterSection;

        void cdata(String piece) {
            if (!afterSection && value().isBlank()) {
                // Layout between the start tag and the section.
                first = "";
                joined = null;
            }
            layout = "";
            afterSection = true;
            append(piece);
        }

        void characters(String piece) {
            if (afterSection && piece.isBlank()) {
                // Layout too, unless more text follows.
                layout = layout.concat(piece);
                return;
            }
            append(layout);
            layout = "";
            append(piece);
        }

        private void append(String piece) {
            if (joined != null) {
                joined.append(piece);
            } else if (first.isEmpty()) {
                first = piece;
            } else if (!piece.isEmpty()) {
                joined = new StringBuilder(first).append(piece);
            }
        }

        String value() {
            return joined != null ? joined.toString() : first;
        }
    }
}
