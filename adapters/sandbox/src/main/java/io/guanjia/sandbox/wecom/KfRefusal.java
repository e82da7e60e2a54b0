package io.guanjia.sandbox.wecom;

/** A call is refused. */
final class KfRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final KfError error;

    KfRefusal(KfError error) {
        super(error.name(), null, false, false);
        this.error = error;
    }

    KfError error() {
        return error;
    }
}
