package io.guanjia.launcher;

/** A start that cannot go on, for a reason the user can do something about. */
final class LauncherException extends RuntimeException {

    private final String key;
    private final transient Object[] values;

    /**
     * @param key of the words in {@code launcher.properties}
     */
    LauncherException(String key, Object... values) {
        super(key);
        this.key = key;
        this.values = values;
    }

    String key() {
        return key;
    }

    Object[] values() {
        return values.clone();
    }
}
