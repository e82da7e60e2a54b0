package io.guanjia.sandbox.wechat.callback;

/**
 * What is to be reported: the same for every try.
 *
 * @param openId whom it is about
 * @param xml the plain document
 * @param articles how many articles a passive reply may hold; {@link #NOTHING} where a reply may
 *     say nothing at all
 */
public record Callback(String openId, String xml, int articles) {

    /** Only an acknowledgement is acceptable, or a hand-over. */
    public static final int NOTHING = -1;
}
