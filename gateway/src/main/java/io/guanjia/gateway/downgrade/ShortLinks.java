package io.guanjia.gateway.downgrade;

import java.util.Optional;

/** Short addresses of ours for long ones. Keeps none of them: whoever says one has to. */
public interface ShortLinks {

    /**
     * Empty where it would not be shorter, for what is no web page, and while we have no public
     * address.
     */
    Optional<ShortLink> to(String url);
}
