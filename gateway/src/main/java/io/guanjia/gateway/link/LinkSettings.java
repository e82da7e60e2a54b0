package io.guanjia.gateway.link;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * Short links under {@code guanjia.links}.
 *
 * @param keep how long a short link leads somewhere after a customer was last sent it; at least two
 *     days, since that moment is known to the day
 */
@Validated
@ConfigurationProperties("guanjia.links")
public record LinkSettings(
        @DefaultValue("400d") @DurationMin(days = 2, message = "at least 2d, such as 400d")
                Duration keep) {}
