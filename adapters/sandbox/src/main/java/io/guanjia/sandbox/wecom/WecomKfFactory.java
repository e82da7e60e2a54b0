package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.PlatformFactory;
import io.guanjia.sandbox.Surroundings;

/** Puts 微信客服 into the sandbox. */
public final class WecomKfFactory implements PlatformFactory {

    @Override
    public Platform create(Surroundings around) {
        return new WecomKfPlatform(around);
    }
}
