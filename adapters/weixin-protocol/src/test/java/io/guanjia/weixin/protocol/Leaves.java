package io.guanjia.weixin.protocol;

import java.util.function.BiConsumer;

/** Everything that a document says. */
final class Leaves {

    private Leaves() {}

    /** Calls {@code visitor} with path and text of every leaf below the root, in order. */
    static void forEach(XmlFields document, BiConsumer<String, String> visitor) {
        for (var field : document.children()) {
            visit(field, field.name(), visitor);
        }
    }

    private static void visit(XmlFields field, String path, BiConsumer<String, String> visitor) {
        if (field.children().isEmpty()) {
            visitor.accept(path, field.value());
        }
        for (var child : field.children()) {
            visit(child, path + "/" + child.name(), visitor);
        }
    }
}
