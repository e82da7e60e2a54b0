package io.guanjia.gateway.channel;

import org.springframework.web.server.WebHandler;

/**
 * A way in of a channel's own, for customers rather than for people at the desk or platforms. What
 * the filters for people do, such as asking for a session and a cookie, is not done here: whoever
 * comes in is the handler's to judge. A bean of this type is all it takes.
 */
public interface Door extends WebHandler {

    /**
     * @param path as it came, not decoded
     */
    boolean leadsTo(String path);
}
