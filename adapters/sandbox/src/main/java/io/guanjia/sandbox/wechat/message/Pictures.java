package io.guanjia.sandbox.wechat.message;

/**
 * Where a customer's picture can be fetched without a token, as the platform's picture host allows.
 */
@FunctionalInterface
public interface Pictures {

    /** The absolute address of a picture. */
    String address(String mediaId);
}
