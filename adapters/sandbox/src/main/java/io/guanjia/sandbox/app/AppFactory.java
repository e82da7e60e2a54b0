package io.guanjia.sandbox.app;

import io.guanjia.sandbox.Platform;
import io.guanjia.sandbox.PlatformFactory;
import io.guanjia.sandbox.Surroundings;

import java.time.Clock;

/** Makes a company whose clock goes with the gateway's, however far the sandbox's is shifted. */
public final class AppFactory implements PlatformFactory {

    @Override
    public Platform create(Surroundings around) {
        return new AppPlatform(around, Clock.systemUTC());
    }
}
