package io.guanjia.gateway;

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
 * Words that several modules bring: every properties file, in UTF-8, of one folder of the class
 * path. One whose name ends in {@code _en} is English, any other Chinese.
 */
public final class WordFiles {

    private static final String ENGLISH_FILE = "_en.properties";

    private final Map<String, String> chinese;
    private final Map<String, String> english;

    private WordFiles(Map<String, String> chinese, Map<String, String> english) {
        this.chinese = Map.copyOf(chinese);
        this.english = Map.copyOf(english);
    }

    /**
     * Reads them, which blocks: not for an event loop. Fails where two modules say the same thing
     * in different words, since nobody knows which of them would be read.
     */
    public static WordFiles read(String folder) {
        var chinese = new HashMap<String, String>();
        var english = new HashMap<String, String>();
        try {
            for (var file :
                    new PathMatchingResourcePatternResolver(WordFiles.class.getClassLoader())
                            .getResources("classpath*:" + folder + "/*.properties")) {
                var isEnglish = Objects.requireNonNull(file.getFilename()).endsWith(ENGLISH_FILE);
                add(file, isEnglish ? english : chinese);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WordFiles(chinese, english);
    }

    /** By key: Chinese unless the locale is English. */
    public Map<String, String> in(Locale locale) {
        return locale.getLanguage().equals("en") ? english : chinese;
    }

    private static void add(Resource file, Map<String, String> all) throws IOException {
        var words = new Properties();
        try (var stream = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            words.load(stream);
        }
        for (var key : words.stringPropertyNames()) {
            var other = all.put(key, words.getProperty(key));
            if (other != null && !other.equals(words.getProperty(key))) {
                throw new IllegalStateException(
                        "%s says %s in other words than another module".formatted(file, key));
            }
        }
    }
}
