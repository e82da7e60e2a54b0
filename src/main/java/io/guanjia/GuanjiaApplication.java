package io.guanjia;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The gateway as one process. Every module on the class path that lies under this package is part
 * of it; what is for development only is left out by {@code DevelopmentParts}.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class GuanjiaApplication {

    public static void main(String[] args) {
        SpringApplication.run(GuanjiaApplication.class, args);
    }
}
