package io.guanjia.sandbox.sms;

/** A provider's no. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final String words;

    Refusal(String code, String words) {
        this(200, code, words);
    }

    Refusal(int status, String code, String words) {
        super(code, null, false, false);
        this.status = status;
        this.code = code;
        this.words = words;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String words() {
        return words;
    }
}
