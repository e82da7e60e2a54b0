package io.guanjia.sandbox.miniprogram;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.PlatformFactory;
import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.wechat.callback.CallbackPace;

/** Makes a platform as patient as the real one. */
public final class MiniProgramFactory implements PlatformFactory {

    @Override
    public Platform create(Surroundings around) {
        return new MiniProgramPlatform(around, CallbackPace.OF_THE_PLATFORM);
    }
}
