package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.PlatformFactory;
import io.guanjia.sandbox.Surroundings;

/** Makes the platform. */
public final class WeiboFactory implements PlatformFactory {

    @Override
    public Platform create(Surroundings around) {
        return new WeiboPlatform(around);
    }
}
