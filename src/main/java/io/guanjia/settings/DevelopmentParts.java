package io.guanjia.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

import java.util.List;

/**
 * Keeps the sandbox, the embedded servers and the launcher out of the gateway's context where they
 * share its class path, in development and in tests.
 */
final class DevelopmentParts extends TypeExcludeFilter {

    private static final List<String> PACKAGES =
            List.of("io.guanjia.sandbox.", "io.guanjia.embedded.", "io.guanjia.launcher.");

    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) {
        var name = reader.getClassMetadata().getClassName();
        return PACKAGES.stream().anyMatch(name::startsWith);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DevelopmentParts;
    }

    @Override
    public int hashCode() {
        return DevelopmentParts.class.hashCode();
    }

    /** Registers the filter before the first class is scanned. */
    static final class Registration
            implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            context.getBeanFactory().registerSingleton("developmentParts", new DevelopmentParts());
        }
    }
}
