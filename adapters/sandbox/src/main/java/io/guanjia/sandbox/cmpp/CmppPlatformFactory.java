package io.guanjia.sandbox.cmpp;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.PlatformFactory;
import io.guanjia.sandbox.Surroundings;

/** Brings {@link CmppPlatform} into every sandbox. */
public final class CmppPlatformFactory implements PlatformFactory {

    @Override
    public Platform create(Surroundings around) {
        return new CmppPlatform(around);
    }
}
