package io.guanjia.sandbox.wecom;

import org.jspecify.annotations.Nullable;

/**
 * What a code of 微信客服 lets the server answer.
 *
 * @param state which the session must still be in; null for a customer who came in, whatever state
 *     theirs is in
 */
record Occasion(KfCustomer customer, @Nullable Integer state) {}
