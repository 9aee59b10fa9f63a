package org.confocal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuccessionTest {
    @TempDir
    private Path directory;

    private SuccessionSettings settings;
    private final List<Succession> opened = new ArrayList<>();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger waits = new AtomicInteger();
    private Thread spareThread = Thread.currentThread();

    @BeforeEach
    void quick() {
        settings = new SuccessionSettings(
                directory,
                Durability.PROCESS,
                new JournalTuning(
                        Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(5), Duration.ofMillis(100)),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        opened.forEach(Succession::close);
    }

    private Succession open(WarmUp warmUp) throws IOException, InterruptedException {
        Succession succession = Succession.open(settings, Candidate.asking(warmUp, lost::incrementAndGet));
        opened.add(succession);
        return succession;
    }

    private Succession open() throws IOException, InterruptedException {
        return open(WarmUp.NONE);
    }

    private static void keep(Succession succession, String key, String value) throws Exception {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        succession.journal().change(() -> {
            succession.journal().put(key, () -> value.getBytes(UTF_8));
            succession.journal().whenKept(() -> kept.complete(null));
        });
        kept.get(20, TimeUnit.SECONDS);
    }

    private static Map<String, String> inherited(Succession succession) {
        Map<String, String> texts = new TreeMap<>();
        succession.journal().inherited().forEach((key, value) -> texts.put(key, new String(value, UTF_8)));
        return texts;
    }

    private List<String> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** Does as it is asked, and remembers. */
    private static final class Willing implements Incumbent {
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private final CompletionStage<Void> settled;

        Willing(CompletionStage<Void> settled) {
            this.settled = settled;
        }

        Willing() {
            this(CompletableFuture.completedFuture(null));
        }

        @Override
        public CompletionStage<Void> letGo() {
            asked.add("letGo");
            return settled;
        }

        @Override
        public void takeBack() {
            asked.add("takeBack");
        }

        @Override
        public void done() {
            asked.add("done");
        }
    }

    @Test
    void theFirstBeginsFreshAndTheNextInheritsWhatItKept() throws Exception {
        Succession first = open();
        assertThat(first.beginning()).isEqualTo(Beginning.FRESH);
        assertThat(first.lastKept()).isEmpty();
        keep(first, "a", "1");
        first.close();
        Succession second = open();
        assertThat(second.beginning()).isEqualTo(Beginning.AFTER_END);
        assertThat(inherited(second)).isEqualTo(Map.of("a", "1"));
        assertThat(second.lastKept()).isPresent();
        keep(second, "b", "2");
        second.close();
        assertThat(inherited(open())).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(files(".journal")).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void theRunningOneIsAskedAndTheSuccessorHasAllThatItKeptWhileSettling() throws Exception {
        Succession first = open();
        keep(first, "a", "1");
        Willing incumbent = new Willing();
        Incumbent settling = new Incumbent() {
            @Override
            public CompletionStage<Void> letGo() {
                first.journal().put("last", () -> "words".getBytes(UTF_8));
                return incumbent.letGo();
            }

            @Override
            public void takeBack() {
                incumbent.takeBack();
            }

            @Override
            public void done() {
                incumbent.done();
            }
        };
        first.serve(settling);
        List<String> rehearsed = new ArrayList<>();
        Succession second = open(present -> {
            rehearsed.addAll(present.keySet());
            assertThat(first.journal().owned()).as("still acts").isTrue();
        });
        assertThat(second.beginning()).isEqualTo(Beginning.HANDED_OVER);
        assertThat(rehearsed).containsExactly("a");
        assertThat(inherited(second)).isEqualTo(Map.of("a", "1", "last", "words"));
        assertThat(first.journal().owned()).isFalse();
        await().until(() -> incumbent.asked.equals(List.of("letGo", "done")));
        assertThat(lost).as("it was asked").hasValue(0);
        keep(second, "b", "2");
    }

    @Test
    void aSuccessorThatCannotWarmUpChangesNothing() throws Exception {
        Succession first = open();
        Willing incumbent = new Willing();
        first.serve(incumbent);
        assertThatThrownBy(() -> open(present -> {
                    throw new IllegalStateException("no such host");
                }))
                .isInstanceOf(SuccessionRefused.class)
                .hasMessageContaining("no such host");
        keep(first, "a", "1");
        assertThat(incumbent.asked).isEmpty();
        assertThat(open().beginning()).isEqualTo(Beginning.HANDED_OVER);
    }

    @Test
    void whoseSuccessorVanishesTakesBackAndCanBeAskedAgain() throws Exception {
        Succession first = open();
        Willing incumbent = new Willing();
        first.serve(incumbent);
        keep(first, "a", "1");
        try (Line line = Line.to(directory.resolve("handover.sock"))) {
            line.say("HELLO 1 1");
            assertThat(line.hear(Duration.ofSeconds(20))).contains("HELLO 1 1 1");
            line.say("READY");
            assertThat(line.hear(Duration.ofSeconds(20))).contains("YOURS");
        }
        await().until(() -> incumbent.asked.equals(List.of("letGo", "takeBack")));
        assertThat(first.journal().owned()).isTrue();
        keep(first, "b", "2");
        Succession second = open();
        assertThat(second.beginning()).isEqualTo(Beginning.HANDED_OVER);
        assertThat(inherited(second)).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(lost).hasValue(0);
    }

    @Test
    void whoDoesNotSettleGoesOnAndTheSuccessorIsRefused() throws Exception {
        Succession first = open();
        Willing incumbent = new Willing(new CompletableFuture<>());
        first.serve(incumbent);
        assertThatThrownBy(this::open)
                .isInstanceOf(SuccessionRefused.class)
                .hasMessageContaining("did not settle: it takes longer than 1000 ms");
        await().until(() -> incumbent.asked.equals(List.of("letGo", "takeBack")));
        keep(first, "a", "1");
    }

    @Test
    void whoIsJustStartingIsNotAskedToLetGo() throws Exception {
        Succession first = open();
        assertThatThrownBy(this::open)
                .isInstanceOf(SuccessionRefused.class)
                .hasMessageContaining("just starting itself");
        keep(first, "a", "1");
    }

    @Test
    void ofTwoCandidatesOneIsRefused() throws Exception {
        open().serve(new Willing());
        List<Throwable> refusals = new ArrayList<>();
        Succession second = open(present -> {
            try {
                open();
            } catch (SuccessionRefused e) {
                refusals.add(e);
            }
        });
        assertThat(refusals).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("just taking over"));
        assertThat(second.journal().owned()).isTrue();
    }

    @Test
    void whoDoesNotAnswerIsFenced() throws Exception {
        Succession first = open();
        keep(first, "a", "1");
        Files.delete(directory.resolve("handover.sock"));
        Succession second = open();
        assertThat(second.beginning()).isEqualTo(Beginning.FENCED);
        assertThat(inherited(second)).isEqualTo(Map.of("a", "1"));
        assertThat(first.journal().owned()).isFalse();
        await().until(() -> lost.get() == 1);
        first.journal().put("late", () -> "words".getBytes(UTF_8));
        keep(second, "b", "2");
        first.close();
        second.close();
        assertThat(inherited(open())).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void garbageInTheEpochFileIsNoEpoch() throws Exception {
        Succession first = open();
        keep(first, "a", "1");
        first.close();
        for (byte[] garbage : List.of(
                new byte[0], "xyz".getBytes(UTF_8), "\u00ff\u00ff".repeat(40).getBytes(UTF_8))) {
            Files.write(directory.resolve("epoch"), garbage);
            Succession next = open();
            assertThat(inherited(next)).isEqualTo(Map.of("a", "1"));
            assertThat(next.journal().owned()).isTrue();
            next.close();
        }
    }

    @Test
    void anUnreadableJournalIsSetAsideAndOfThoseFewAreKept() throws Exception {
        for (int i = 0; i < 5; i++) {
            Succession succession = open();
            assertThat(inherited(succession)).isEmpty();
            keep(succession, "a", "1");
            succession.close();
            Files.writeString(directory.resolve(files(".journal").getLast()), "no journal " + i);
        }
        assertThat(files(".bad")).hasSizeBetween(1, 3);
    }

    @Test
    void whatCouldNotBeKeptUpToDateIsNotInherited() throws Exception {
        Succession first = open();
        keep(first, "a", "1");
        // What the journal does when the disk fails, before it calls anybody back.
        EpochFile.open(directory.resolve("epoch")).invalid(first.epoch());
        first.close();
        Succession second = open();
        assertThat(inherited(second)).isEmpty();
        keep(second, "b", "2");
        second.close();
        assertThat(inherited(open())).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void aCandidateThatComesTooLateIsRefused() throws Exception {
        Succession first = open();
        JournalDirectory files = new JournalDirectory(directory);
        EpochFile epochs = EpochFile.open(files.epoch());
        long read = epochs.raw();
        first.journal().rest().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(first.takeBack()).isTrue();
        assertThatThrownBy(() -> Term.begin(files, epochs, read, read + 1))
                .isInstanceOf(SuccessionRefused.class)
                .hasMessageContaining("taken itself back");
        keep(first, "a", "1");
    }

    @Test
    void aPathTooLongForASocketOnlyMeansThatNobodyIsAsked() throws Exception {
        directory = directory.resolve("x".repeat(120));
        quick();
        Succession first = open();
        keep(first, "a", "1");
        assertThat(open().beginning()).isEqualTo(Beginning.FENCED);
    }

    @Test
    void aDirectoryThatCannotBeUsedIsSaid() throws Exception {
        Files.writeString(directory.resolve("file"), "in the way");
        settings = SuccessionSettings.in(directory.resolve("file"));
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("file");
    }

    /** Opens as one that waits. */
    private CompletableFuture<Succession> waiting(WarmUp warmUp) {
        CompletableFuture<Succession> opening = new CompletableFuture<>();
        Candidate spare = new Candidate(Candidate.Manner.WAITS, warmUp, waits::incrementAndGet, lost::incrementAndGet);
        spareThread = Thread.ofPlatform().daemon().start(() -> {
            try {
                opening.complete(Succession.open(settings, spare));
            } catch (Exception e) {
                opening.completeExceptionally(e);
            }
        });
        return opening;
    }

    @Test
    void aSpareGoesOnWhenTheOtherOneHasEndedAndWasWarmedUpBefore() throws Exception {
        Succession first = open();
        first.serve(new Willing());
        keep(first, "a", "1");
        CompletableFuture<String> rehearsed = new CompletableFuture<>();
        CompletableFuture<Succession> opening =
                waiting(present -> rehearsed.complete(new String(present.getOrDefault("a", new byte[0]), UTF_8)));
        assertThat(rehearsed.get(20, TimeUnit.SECONDS)).isEqualTo("1");
        assertThat(opening).isNotDone();
        assertThat(waits).hasValue(1);
        keep(first, "a", "2");

        first.close();

        Succession second = opening.get(20, TimeUnit.SECONDS);
        opened.add(second);
        assertThat(second.beginning()).isEqualTo(Beginning.AFTER_END);
        assertThat(inherited(second)).containsExactly(Map.entry("a", "2"));
        assertThat(lost).hasValue(0);
    }

    @Test
    void aSpareWithoutAnybodyBeginsAtOnce() throws Exception {
        Succession alone = waiting(WarmUp.NONE).get(20, TimeUnit.SECONDS);
        opened.add(alone);
        assertThat(alone.beginning()).isEqualTo(Beginning.FRESH);
        assertThat(waits).hasValue(0);
    }

    @Test
    void aSpareOfAnOlderVersionEndsBeforeItMatters() throws Exception {
        Succession first = open();
        keep(first, "a", "1");
        Path journal = directory.resolve(first.epoch() + ".journal");
        ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(journal));
        header.putInt(8, JournalFormat.VERSION + 1);
        CRC32C checksum = new CRC32C();
        checksum.update(header.array(), 0, 12);
        header.putInt(12, (int) checksum.getValue());
        Files.write(journal, header.array());

        assertThat(waiting(WarmUp.NONE))
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(SuccessionRefused.class)
                .withMessageContaining("it is of format 2, this Confocal reads 1 to 1");
    }

    @Test
    void aSpareThatCannotReadEverythingWaitsOn() throws Exception {
        Succession first = open();
        keep(first, "a", "1");
        CompletableFuture<Void> tried = new CompletableFuture<>();
        CompletableFuture<Succession> opening = waiting(present -> {
            tried.complete(null);
            throw new IllegalArgumentException("1 of 100 conferences cannot be read");
        });
        tried.get(20, TimeUnit.SECONDS);
        first.close();
        Succession second = opening.get(20, TimeUnit.SECONDS);
        opened.add(second);
        assertThat(inherited(second)).containsKey("a");
    }

    @Test
    void aSpareThatIsInterruptedTakesNothing() throws Exception {
        Succession first = open();
        keep(first, "a", "1");
        CompletableFuture<Succession> opening = waiting(WarmUp.NONE);
        await().atMost(Duration.ofSeconds(20)).until(() -> waits.get() == 1);
        spareThread.interrupt();
        assertThat(opening)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(InterruptedException.class);
        first.close();
        Succession next = open();
        assertThat(next.beginning()).isEqualTo(Beginning.AFTER_END);
    }
}
