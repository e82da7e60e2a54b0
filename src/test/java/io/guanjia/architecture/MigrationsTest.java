package io.guanjia.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The gateway's migrations and those that channels bring are one history. */
final class MigrationsTest {

    private static final Pattern NAME = Pattern.compile("V(\\d+)__[a-z_]+\\.sql");

    @Test
    void areNumberedAcrossAllModulesWithoutAGap() throws IOException {
        var numbers = new ArrayList<Integer>();
        for (var file :
                new PathMatchingResourcePatternResolver()
                        .getResources("classpath*:db/migration/**/*.sql")) {
            var name = NAME.matcher(String.valueOf(file.getFilename()));
            assertThat(name.matches()).as("%s is called V<number>__<words>.sql", file).isTrue();
            numbers.add(Integer.valueOf(name.group(1)));
        }

        Collections.sort(numbers);
        assertThat(numbers)
                .hasSizeGreaterThan(10)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }
}
