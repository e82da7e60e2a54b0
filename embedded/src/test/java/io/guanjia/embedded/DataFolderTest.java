package io.guanjia.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class DataFolderTest {

    /** A device that has no room, ever. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir private Path folder = Path.of("");

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsSaidToBeFull() {
        var failure =
                catchThrowableOfType(IOException.class, () -> Files.writeString(FULL, "anything"));

        assertThat(DataFolder.unusable(folder, failure))
                .isInstanceOfSatisfying(
                        EmbeddedException.DiskFull.class,
                        full -> assertThat(full.folder()).isEqualTo(folder));
    }

    @Test
    void aFileInItsPlaceIsSaidToBeInTheWay() throws IOException {
        var file = Files.createFile(folder.resolve("guanjia"));

        var failure = catchThrowableOfType(EmbeddedException.class, () -> DataFolder.open(file));

        assertThat(failure).isInstanceOf(EmbeddedException.FolderUnusable.class);
    }
}
