package io.guanjia.gateway.conversation;

import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Settings under {@code guanjia.conversation}.
 *
 * @param botFailures how many misses of the bot in a row call a person
 * @param botTimeout how long the bot may think; past that a person is called
 * @param botAnswerLife how long an answer of the bot's is worth sending
 * @param personAnswerLife how long a person's words are worth sending
 * @param noticeLife how long something is worth sending that another system has us send
 * @param menu what a customer is taken to say by tapping a menu entry, by the entry's key
 * @param locale the language customers are spoken to in
 */
@Validated
@ConfigurationProperties("guanjia.conversation")
public record ConversationSettings(
        @DefaultValue("2") @Min(1) int botFailures,
        @DefaultValue("5s") @DurationMin(nanos = 1, message = "longer than nothing, such as 5s")
                Duration botTimeout,
        @DefaultValue("1h") @DurationMin(nanos = 1, message = "longer than nothing, such as 1h")
                Duration botAnswerLife,
        @DefaultValue("48h") @DurationMin(nanos = 1, message = "longer than nothing, such as 48h")
                Duration personAnswerLife,
        @DefaultValue("24h") @DurationMin(nanos = 1, message = "longer than nothing, such as 24h")
                Duration noticeLife,
        @DefaultValue Map<String, String> menu,
        @DefaultValue("zh-CN") Locale locale) {

    public ConversationSettings {
        menu = Map.copyOf(menu);
    }
}
