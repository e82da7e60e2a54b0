package io.guanjia.trials.faults;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Questions that the bot answers each in words of their own, so that every answer is told apart.
 */
public final class Questions {

    /** How many there are. */
    public static final int COUNT = 60;

    private static final String ENTRY =
            """

            ## %s {#business-%d}

            - 想问一下业务%03d何时受理

            %s
            """;

    private Questions() {}

    /** What a customer asks. */
    public static String question(int number) {
        return "第%03d号业务什么时候可以办理".formatted(number % COUNT);
    }

    /** What the customer is to read then. */
    public static String answer(int number) {
        return "第%03d号业务每天都可以办理。".formatted(number % COUNT);
    }

    /** What was asked to be answered so. */
    static String questionOf(@Nullable String answer) {
        return IntStream.range(0, COUNT)
                .filter(number -> answer(number).equals(answer))
                .mapToObj(Questions::question)
                .findFirst()
                .orElseThrow();
    }

    /** Writes the bot's knowledge. */
    public static void write(Path folder) {
        var text = new StringBuilder("# 业务\n");
        for (int i = 0; i < COUNT; i++) {
            text.append(ENTRY.formatted(question(i), i, i, answer(i)));
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("business.md"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
