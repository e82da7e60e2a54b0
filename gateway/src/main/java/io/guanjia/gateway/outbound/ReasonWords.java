package io.guanjia.gateway.outbound;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * The words for reasons, those of the gateway and those that adapters bring: every file of the
 * class path's {@code reasons} folders. One whose name ends in {@code _en} is English, any other
 * Chinese.
 */
final class ReasonWords {

    private static final String FILES = "classpath*:reasons/*.properties";
    private static final String ENGLISH_FILE = "_en.properties";

    private static final Map<String, String> CHINESE = new HashMap<>();
    private static final Map<String, String> ENGLISH = new HashMap<>();

    static {
        try {
            for (var file :
                    new PathMatchingResourcePatternResolver(ReasonWords.class.getClassLoader())
                            .getResources(FILES)) {
                read(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ReasonWords() {}

    /** Reads them now, on a thread that may wait. */
    static void load() {}

    /** By key: Chinese unless the locale is English. */
    static Map<String, String> in(Locale locale) {
        return locale.getLanguage().equals("en") ? ENGLISH : CHINESE;
    }

    private static void read(Resource file) throws IOException {
        var words = new Properties();
        try (var stream = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            words.load(stream);
        }
        var english = Objects.requireNonNull(file.getFilename()).endsWith(ENGLISH_FILE);
        var all = english ? ENGLISH : CHINESE;
        words.stringPropertyNames().forEach(key -> all.put(key, words.getProperty(key)));
    }
}
