package io.guanjia.sandbox.sms;

/** What the provider's reviewers (审核) have made of a template or a signature so far. */
public enum Review {
    IN_REVIEW,
    APPROVED,
    REJECTED
}
