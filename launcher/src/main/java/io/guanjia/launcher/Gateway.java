package io.guanjia.launcher;

import io.guanjia.GuanjiaApplication;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The application in this JVM, with settings below those a user gives. */
final class Gateway extends SpringApplication {

    private final List<PropertySource<?>> lowest;
    private final AtomicReference<ConfigurableApplicationContext> context = new AtomicReference<>();

    /**
     * @param lowest settings above the application's own defaults and below all others
     */
    Gateway(List<PropertySource<?>> lowest) {
        super(GuanjiaApplication.class);
        this.lowest = lowest;
        setBannerMode(Banner.Mode.OFF);
        // The launcher closes it, before the servers it needs.
        setRegisterShutdownHook(false);
        addInitializers(context::set);
    }

    List<PropertySource<?>> lowest() {
        return lowest;
    }

    /** Ends the requests under way and lets go of the servers; also while it is still starting. */
    void stop() {
        var started = context.get();
        if (started != null) {
            started.close();
        }
    }
}
