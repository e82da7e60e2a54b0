package io.guanjia.security;

import io.guanjia.gateway.desk.Role;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Settings under {@code guanjia.security}.
 *
 * @param users people who may sign in; each is created at the start when there is no user of that
 *     name yet, and left alone afterwards
 * @param apiTokens tokens for other systems, sent as {@code Authorization: Bearer …}
 * @param metricsFrom networks from which {@code /actuator/prometheus} is read without a token,
 *     unless the request came through a proxy
 */
@Validated
@ConfigurationProperties("guanjia.security")
record SecuritySettings(
        @DefaultValue List<@Valid User> users,
        @DefaultValue List<@Valid ApiToken> apiTokens,
        @DefaultValue @Valid Session session,
        @DefaultValue @Valid SignIn signIn,
        @DefaultValue({"127.0.0.0/8", "::1/128"}) List<String> metricsFrom) {

    SecuritySettings {
        users = List.copyOf(users);
        apiTokens = List.copyOf(apiTokens);
        metricsFrom = List.copyOf(metricsFrom);
    }

    /**
     * A person.
     *
     * @param password in clear, or as a hash that begins with {@code {argon2}} or {@code {bcrypt}}
     */
    record User(
            @NotBlank(message = "the name to sign in with")
                    @Pattern(
                            regexp = "[A-Za-z0-9._@-]{1,64}",
                            message = "up to 64 letters, digits, dots, dashes and underscores")
                    String username,
            @NotBlank(message = "the name that colleagues read") String name,
            @NotBlank(message = "a password, or its {argon2} or {bcrypt} hash") String password,
            @NotEmpty(message = "a list of agent, supervisor, administrator") Set<Role> roles) {

        /** Leaves out the password: this ends up in logs. */
        @Override
        public String toString() {
            return "User[" + username + ", roles=" + roles + "]";
        }
    }

    /** Another system. */
    record ApiToken(
            @NotBlank(message = "what the system is called") String name,
            @NotBlank(message = ApiToken.TOKEN) @Size(min = 32, message = ApiToken.TOKEN)
                    String token,
            @NotEmpty(message = "a list of agent, supervisor, administrator") Set<Role> roles) {

        private static final String TOKEN =
                "at least 32 random characters, such as from openssl rand -hex 32";

        /** Leaves out the token: this ends up in logs. */
        @Override
        public String toString() {
            return "ApiToken[" + name + ", roles=" + roles + "]";
        }
    }

    /**
     * How long a sign-in is good for.
     *
     * @param idle without any request
     * @param life in all
     */
    record Session(
            @DefaultValue("8h")
                    @NotNull
                    @DurationMin(nanos = 1, message = "longer than nothing, such as 8h")
                    Duration idle,
            @DefaultValue("24h")
                    @NotNull
                    @DurationMin(nanos = 1, message = "longer than nothing, such as 24h")
                    Duration life) {}

    /**
     * What failed tries to sign in lead to.
     *
     * @param triesPerUser after so many, the user has to wait
     * @param triesPerAddress after so many, everybody at that address has to; an office shares one
     * @param delay how long at first; it doubles with every further failure
     * @param longestDelay how long at most
     */
    record SignIn(
            @DefaultValue("5") @Min(1) int triesPerUser,
            @DefaultValue("20") @Min(1) int triesPerAddress,
            @DefaultValue("30s")
                    @NotNull
                    @DurationMin(nanos = 1, message = "longer than nothing, such as 30s")
                    Duration delay,
            @DefaultValue("15m")
                    @NotNull
                    @DurationMin(nanos = 1, message = "longer than nothing, such as 15m")
                    Duration longestDelay) {}
}
