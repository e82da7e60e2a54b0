package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.PlatformFactory;
import io.guanjia.sandbox.Surroundings;

/** Puts 企业微信 into the sandbox. */
public final class WecomFactory implements PlatformFactory {

    @Override
    public Platform create(Surroundings around) {
        return new WecomPlatform(around);
    }
}
