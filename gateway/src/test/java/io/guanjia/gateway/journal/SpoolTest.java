package io.guanjia.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
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
            assertThat(spool.bytes()).isZero();
        }
    }

    @Test
    void whatWasAppendedIsThereAfterACrash() throws IOException {
        try (var spool = Spool.open(folder, 1 << 20)) {
            spool.append(records("a", "b"));

            try (var next = Spool.open(afterACrash(), 1 << 20)) {
                assertThat(take(next, 10)).containsExactly("a", "b");
            }
        }
    }

    @Test
    void aRecordThatACrashCutInHalfIsDropped() throws IOException {
        left("whole", "half");
        var file = segments().getFirst();
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 2));

        try (var spool = Spool.open(folder, 1 << 20)) {
            assertThat(take(spool, 10)).containsExactly("whole");
            spool.append(records("next"));
            assertThat(take(spool, 10)).containsExactly("next");
            assertThat(spool.damaged()).isZero();
        }
        assertThat(file.resolveSibling(file.getFileName() + ".cut")).as("kept apart").exists();
    }

    @Test
    void theZeroesThatALossOfPowerLeavesAreNoRecords() throws IOException {
        left("whole");
        Files.write(segments().getFirst(), new byte[4096], StandardOpenOption.APPEND);

        try (var spool = Spool.open(folder, 1 << 20)) {
            assertThat(take(spool, 10)).containsExactly("whole");
            assertThat(spool.damaged()).isZero();
        }
    }

    @Test
    void aDamagedRecordCostsNoneOfThoseBehindItAndIsSetAside() throws IOException {
        left("first", "second", "third");
        damage("second");

        try (var spool = Spool.open(folder, 1 << 20)) {
            assertThat(take(spool, 10)).containsExactly("first", "third");
            assertThat(spool.damaged()).isEqualTo(1);
            assertThat(folder).isDirectoryContaining("glob:**.damaged");
        }
    }

    @Test
    void damageFoundWhileRunningDoesNotStopWhatComesBehind() throws IOException {
        try (var spool = Spool.open(folder, 1 << 20)) {
            spool.append(records("first", "second", "third"));
            damage("second");
            spool.append(records("fourth"));

            assertThat(take(spool, 10)).containsExactly("first", "third", "fourth");
            spool.append(records("fifth"));
            assertThat(take(spool, 10)).containsExactly("fifth");
            assertThat(spool.bytes()).isZero();
        }
    }

    @Test
    void aFileThatSomebodyDeletedDoesNotStopWhatComesBehind() throws IOException {
        try (var spool = Spool.open(folder, 1 << 20)) {
            spool.append(records("gone"));
            Files.delete(segments().getFirst());

            assertThat(take(spool, 10)).isEmpty();
            spool.append(records("next"));
            assertThat(take(spool, 10)).containsExactly("next");
        }
    }

    @Test
    void aFileThatCannotBeOpenedIsTriedAgain() throws IOException {
        try (var spool = Spool.open(folder, 1 << 20)) {
            var inTheWay = Files.createDirectory(folder.resolve("%016d.spool".formatted(1)));
            assertThatThrownBy(() -> spool.append(records("lost"))).isInstanceOf(IOException.class);
            assertThat(take(spool, 10)).isEmpty();

            Files.delete(inTheWay);
            spool.append(records("kept"));
            assertThat(take(spool, 10)).containsExactly("kept");
        }
    }

    @Test
    void aFolderIsOneNodesOwn() throws IOException {
        try (var first = Spool.open(folder, 1 << 20)) {
            assertThatThrownBy(() -> Spool.open(folder, 1 << 20)).isInstanceOf(SpoolInUse.class);
            first.append(records("a"));
        }
        try (var second = Spool.open(folder, 1 << 20)) {
            assertThat(take(second, 10)).containsExactly("a");
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
            while (spool.bytes() > 0) {
                take(spool, 1).forEach(record -> first.add(record.charAt(0)));
            }
            assertThat(first).containsExactly('0', '1', '2', '3', '4', '5', 'l');
            assertThat(segments()).isEmpty();
        }
    }

    private void left(String... texts) throws IOException {
        try (var spool = Spool.open(folder, 1 << 20)) {
            spool.append(records(texts));
        }
    }

    /** A crash closes nothing and leaves the files as they are. */
    private Path afterACrash() throws IOException {
        var copy = Files.createDirectory(folder.resolve("copy"));
        for (var file : segments()) {
            Files.copy(file, copy.resolve(file.getFileName()));
        }
        return copy;
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool")).sorted().toList();
        }
    }

    private void damage(String record) throws IOException {
        var file = segments().getFirst();
        var content = new String(Files.readAllBytes(file), ISO_8859_1);
        var changed = content.replace(record, "?".repeat(record.length()));
        Files.write(file, changed.getBytes(ISO_8859_1));
    }

    private static List<byte[]> records(String... texts) {
        return Arrays.stream(texts).map(text -> text.getBytes(UTF_8)).toList();
    }

    private static List<String> take(Spool spool, int max) throws IOException {
        var taken = spool.peek(max);
        if (!taken.isEmpty()) {
            spool.drop(taken.size());
        }
        return IntStream.range(0, taken.size())
                .mapToObj(i -> new String(taken.get(i), UTF_8))
                .toList();
    }
}
