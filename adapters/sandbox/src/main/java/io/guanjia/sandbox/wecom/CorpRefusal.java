package io.guanjia.sandbox.wecom;

/** A call is refused. */
final class CorpRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final CorpError error;

    CorpRefusal(CorpError error) {
        super(error.name(), null, false, false);
        this.error = error;
    }

    CorpError error() {
        return error;
    }
}
