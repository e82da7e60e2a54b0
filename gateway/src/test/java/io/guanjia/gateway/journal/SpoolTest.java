package io.guanjia.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

class SpoolTest {

    @TempDir Path folder;

    @Test
    void givesBackWhatItWasGivenInThatOrder() throws IOException {
        try (var spool = Spool.open(folder, 1 << 20)) {
            spool.append(records("a", "b"));
            spool.append(records("c"));

            assertThat(take(spool, 2)).containsExactly("a", "b");
            assertThat(take(spool, 2)).containsExactly("c");
            assertThat(spool.isEmpty()).isTrue();
        }
    }

    @Test
    void whatWasAppendedIsThereAfterACrash() throws IOException {
        // A crash closes nothing: the first spool is simply left behind.
        Spool.open(folder, 1 << 20).append(records("a", "b"));

        try (var spool = Spool.open(folder, 1 << 20)) {
            assertThat(take(spool, 10)).containsExactly("a", "b");
        }
    }

    @Test
    void aRecordThatACrashCutInHalfIsDropped() throws IOException {
        Spool.open(folder, 1 << 20).append(records("whole", "half"));
        try (var files = Files.list(folder);
                var channel =
                        FileChannel.open(
                                files.findFirst().orElseThrow(), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 2);
        }

        try (var spool = Spool.open(folder, 1 << 20)) {
            assertThat(take(spool, 10)).containsExactly("whole");
            spool.append(records("next"));
            assertThat(take(spool, 10)).containsExactly("next");
        }
    }

    @Test
    void takesNothingMoreOnceItIsFullAndGoesOnWhenThereIsRoom() throws IOException {
        try (var spool = Spool.open(folder, 40)) {
            assertThat(spool.append(records("0123456789", "0123456789"))).isTrue();
            assertThat(spool.append(records("x"))).isFalse();

            take(spool, 10);
            assertThat(spool.append(records("x"))).isTrue();
        }
    }

    @Test
    void keepsItsOrderOverManySegmentsAndRestarts() throws IOException {
        var big = "x".repeat(4 << 20);
        try (var spool = Spool.open(folder, 1L << 30)) {
            for (var i = 0; i < 6; i++) {
                spool.append(records(i + big));
            }
        }
        try (var spool = Spool.open(folder, 1L << 30)) {
            spool.append(records("last"));
            var first = new ArrayList<Character>();
            while (!spool.isEmpty()) {
                take(spool, 1).forEach(record -> first.add(record.charAt(0)));
            }
            assertThat(first).containsExactly('0', '1', '2', '3', '4', '5', 'l');
            assertThat(folder).isEmptyDirectory();
        }
    }

    private static List<byte[]> records(String... texts) {
        return Arrays.stream(texts).map(text -> text.getBytes(UTF_8)).toList();
    }

    private static List<String> take(Spool spool, int max) throws IOException {
        var taken = spool.peek(max);
        if (!taken.isEmpty()) {
            spool.drop(taken);
        }
        return IntStream.range(0, taken.size())
                .mapToObj(i -> new String(taken.get(i), UTF_8))
                .toList();
    }
}
