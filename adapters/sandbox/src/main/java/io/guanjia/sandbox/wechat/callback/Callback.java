package io.guanjia.sandbox.wechat.callback;

/**
 * What is to be reported: the same for every try.
 *
 * @param openId whom it is about
 * @param xml the plain document
 * @param articles how many articles a passive reply may hold
 */
public record Callback(String openId, String xml, int articles) {}
