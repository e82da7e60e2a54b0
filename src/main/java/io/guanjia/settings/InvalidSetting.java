package io.guanjia.settings;

import org.jspecify.annotations.Nullable;

/** A setting without which we do not start. Says which, and what it should look like. */
final class InvalidSetting extends RuntimeException {

    private final String key;
    private final String problem;
    private final String shape;

    /**
     * @param problem such as "is missing"; never the value, which may be a secret
     * @param shape what it should look like
     */
    InvalidSetting(String key, String problem, String shape, @Nullable Throwable cause) {
        super(key + " " + problem, cause);
        this.key = key;
        this.problem = problem;
        this.shape = shape;
    }

    InvalidSetting(String key, String problem, String shape) {
        this(key, problem, shape, null);
    }

    String key() {
        return key;
    }

    String problem() {
        return problem;
    }

    String shape() {
        return shape;
    }
}
