/**
 * CMPP, by which service providers and China Mobile's gateways (and many that imitate them)
 * exchange short messages: 中国移动通信互联网短信网关接口协议 (China Mobile Peer to Peer), versions 2.0 and 3.0.
 *
 * <p>Start at {@link io.guanjia.cmpp.protocol.Pdu}, what is said, and {@link
 * io.guanjia.cmpp.protocol.CmppCodec}, how it lies on the wire. {@link
 * io.guanjia.cmpp.protocol.Segments} and {@link io.guanjia.cmpp.protocol.UserDataHeader} are about
 * texts longer than one message. Nothing here opens a connection or keeps a state beyond one frame,
 * so both ends of a line can use it.
 */
@NullMarked
package io.guanjia.cmpp.protocol;

import org.jspecify.annotations.NullMarked;
