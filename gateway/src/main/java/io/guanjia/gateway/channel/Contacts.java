package io.guanjia.gateway.channel;

/**
 * Hears whenever a platform and one of our accounts were in touch. Costs next to nothing, so it may
 * be told of every message, and never fails.
 */
public interface Contacts {

    /** The platform brought something, or asked whether we are there, and is who it says it is. */
    void heard(String channel, String account);

    /** The platform took a message of ours. */
    void reached(String channel, String account);
}
