package org.confocal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real file system of 64 kB; only where this process may mount one. */
class FullDiskTest {
    @TempDir
    private Path directory;

    private SuccessionSettings settings;

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    @BeforeEach
    void mount() throws Exception {
        assumeThat(run("sh", "-c", "mount -t tmpfs -o size=64k tmpfs " + directory))
                .isTrue();
        settings = new SuccessionSettings(
                directory,
                Durability.PROCESS,
                new JournalTuning(
                        Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(20), Duration.ofMillis(100)),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1));
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", directory.toString());
    }

    private Succession open() throws Exception {
        return Succession.open(settings, Candidate.asking(WarmUp.NONE, () -> {}));
    }

    private static void put(Succession succession, String key, byte[] value) throws Exception {
        CompletableFuture<Void> calledBack = new CompletableFuture<>();
        succession.journal().change(() -> {
            succession.journal().put(key, () -> value);
            succession.journal().whenKept(() -> calledBack.complete(null));
        });
        calledBack.get(20, TimeUnit.SECONDS);
    }

    private static void fill(Succession succession) throws Exception {
        put(succession, "small", "1".getBytes(UTF_8));
        for (int i = 0; i < 50; i++) {
            put(succession, "large" + i, new byte[2000]);
        }
        assertThat(succession.journal().meters().degraded()).isTrue();
    }

    @Test
    void aSuccessorOfOneThatCouldNotKeepItsJournalBeginsEmptyAndKeepsItsOwn() throws Exception {
        try (Succession first = open()) {
            fill(first);
        }
        try (Succession second = open()) {
            assertThat(second.journal().inherited()).isEmpty();
            put(second, "small", "2".getBytes(UTF_8));
        }
        try (Succession third = open()) {
            assertThat(third.journal().inherited()).containsOnlyKeys("small");
        }
    }

    @Test
    void whereThereIsRoomAgainEverythingIsWrittenAnew() throws Exception {
        try (Succession first = open()) {
            fill(first);
            for (int i = 0; i < 50; i++) {
                first.journal().remove("large" + i);
            }
            await().until(() -> !first.journal().meters().degraded());
        }
        try (Succession second = open()) {
            assertThat(second.journal().inherited()).containsOnlyKeys("small");
        }
    }

    @Test
    void aFullDiskFromTheBeginningIsSaidAndNothingIsTakenOver() throws Exception {
        run("sh", "-c", "head -c 100000 /dev/zero > " + directory.resolve("other"));
        assertThatThrownBy(this::open).isInstanceOf(IOException.class);
    }
}
