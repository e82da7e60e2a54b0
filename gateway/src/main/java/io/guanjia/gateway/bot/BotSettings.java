package io.guanjia.gateway.bot;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings under {@code guanjia.bot}.
 *
 * @param knowledge the folder of questions and answers
 * @param vectors a file to keep what the model made of the knowledge, so that the next start is
 *     faster by about 2 ms of CPU a wording; none unless set
 * @param reloadEvery how often to look for changes in it
 * @param waiting how many questions may wait for a thread before more are refused
 * @param ours the cosine to the nearest wording, in 0..1, below which a question is out of scope;
 *     lower means more suggestions, fewer customers told that we don't know
 * @param sure the chance of being right, in 0..1, from which the bot answers without asking back;
 *     lower means more answers, and more wrong ones
 */
@Validated
@ConfigurationProperties("guanjia.bot")
record BotSettings(
        @NotNull @DefaultValue("config/knowledge") Path knowledge,
        @Nullable Path vectors,
        @NotNull
                @DefaultValue("2s")
                @DurationMin(nanos = 1, message = "longer than nothing, such as 2s")
                Duration reloadEvery,
        @Min(1) @DefaultValue("1000") int waiting,
        @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.58") double ours,
        @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.94") double sure) {

    Judgement judgement() {
        return new Judgement(ours, sure);
    }
}
