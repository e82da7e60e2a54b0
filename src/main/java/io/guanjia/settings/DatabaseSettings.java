package io.guanjia.settings;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Lets one address do for both: the running system talks R2DBC, migrations talk JDBC. Where {@code
 * spring.flyway.url} is not set it follows from {@code spring.r2dbc.url}, and so do the user and
 * the password.
 */
final class DatabaseSettings implements EnvironmentPostProcessor, Ordered {

    private static final String KEY = "spring.r2dbc.url";
    private static final String SHAPE =
            "an address such as r2dbc:postgresql://127.0.0.1:5432/guanjia";
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "r2dbcs?:(?:pool:)?postgres(?:ql)?://(?<place>[^?@]+)(?:\\?(?<options>.*))?");
    private static final Pattern SSL_MODE = Pattern.compile("(?:^|&)sslMode=(?<mode>[A-Za-z-]+)");

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        var url = environment.getProperty(KEY);
        if (url == null || url.isBlank()) {
            throw new InvalidSetting(KEY, "is missing", SHAPE);
        }
        if (environment.containsProperty("spring.flyway.url")) {
            return;
        }
        var address = ADDRESS.matcher(url);
        if (!address.matches()) {
            throw new InvalidSetting(
                    KEY,
                    "is not the address of one PostgreSQL",
                    SHAPE
                            + ", with the user and password in spring.r2dbc.username and"
                            + " spring.r2dbc.password; for several hosts also set"
                            + " spring.flyway.url");
        }
        var derived = new HashMap<String, Object>();
        derived.put("spring.flyway.url", jdbc(address.group("place"), address.group("options")));
        derive(environment, derived, "spring.flyway.user", "spring.r2dbc.username");
        derive(environment, derived, "spring.flyway.password", "spring.r2dbc.password");
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("derived from " + KEY, Map.copyOf(derived)));
    }

    private static String jdbc(String place, @org.jspecify.annotations.Nullable String options) {
        var url = "jdbc:postgresql://" + place;
        var ssl = SSL_MODE.matcher(options == null ? "" : options);
        return ssl.find() ? url + "?sslmode=" + ssl.group("mode").replace('_', '-') : url;
    }

    private static void derive(
            ConfigurableEnvironment environment, Map<String, Object> into, String key, String of) {
        var value = environment.getProperty(of);
        if (value != null && !environment.containsProperty(key)) {
            into.put(key, value);
        }
    }

    /** After the settings files are read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
