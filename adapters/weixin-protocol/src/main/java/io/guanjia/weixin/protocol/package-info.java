/**
 * What every WeChat product shares on its callback side: signatures, message encryption and the XML
 * in between. Official account, mini program and WeCom differ only in the receive id they use.
 *
 * <p>Start at {@link MessageCrypt} for encrypted callbacks and at {@link XmlFields} for what they
 * say. Everything here is pure: no I/O, no Spring, no Reactor, safe to call from any thread.
 */
@NullMarked
package io.guanjia.weixin.protocol;

import org.jspecify.annotations.NullMarked;
