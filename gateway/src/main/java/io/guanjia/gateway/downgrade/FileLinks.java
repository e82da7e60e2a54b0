package io.guanjia.gateway.downgrade;

import io.guanjia.gateway.message.Media;

import java.net.URI;
import java.util.Optional;

/** Where a customer can open a file of ours for a while without signing in. */
public interface FileLinks {

    /** Empty for a file that we do not keep, and while we have no public address. */
    Optional<URI> to(Media file);
}
