/**
 * The server that most WeChat accounts on Java run: Spring MVC, Tomcat and weixin-java-mp, as its
 * examples show it. Start at {@link io.guanjia.trials.peer.MvcPeer}.
 */
@NullMarked
package io.guanjia.trials.peer;

import org.jspecify.annotations.NullMarked;
