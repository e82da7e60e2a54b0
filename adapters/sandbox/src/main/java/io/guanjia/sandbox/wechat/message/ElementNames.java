package io.guanjia.sandbox.wechat.message;

import java.util.Collection;
import java.util.regex.Pattern;

/** Keeps names that came from outside from breaking the document they are written into. */
final class ElementNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");

    private ElementNames() {}

    static void check(Collection<String> names) {
        for (var name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not an element name: " + name);
            }
        }
    }
}
