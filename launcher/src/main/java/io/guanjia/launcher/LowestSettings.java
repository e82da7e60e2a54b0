package io.guanjia.launcher;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Puts the launcher's settings between the defaults inside the application and everything a user
 * can set outside of it: files, environment, system properties, command line.
 */
final class LowestSettings implements EnvironmentPostProcessor, Ordered {

    private static final String DEFAULTS = "class path resource [application.yaml]";

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        if (application instanceof Gateway gateway) {
            var sources = environment.getPropertySources();
            var defaults =
                    sources.stream()
                            .map(PropertySource::getName)
                            .filter(name -> name.contains(DEFAULTS))
                            .findFirst();
            for (var source : gateway.lowest()) {
                defaults.ifPresentOrElse(
                        name -> sources.addBefore(name, source), () -> sources.addLast(source));
            }
        }
    }

    /** Right after the settings files are read. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
