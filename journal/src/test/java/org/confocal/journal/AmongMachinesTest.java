package org.confocal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one of its machine's processes, which waits for its machine's turn. */
class AmongMachinesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final List<Succession> opened = new CopyOnWriteArrayList<>();
    private final AtomicInteger waits = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    @AfterEach
    void close() {
        opened.forEach(Succession::close);
    }

    private Succession alone() throws Exception {
        Succession succession =
                Succession.open(SuccessionSettings.in(directory), Candidate.asking(WarmUp.NONE, () -> {}));
        opened.add(succession);
        return succession;
    }

    private CompletableFuture<Succession> among(OtherMachines machines) {
        CompletableFuture<Succession> opening = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Succession succession = Succession.open(
                        SuccessionSettings.in(directory),
                        new Candidate(
                                Candidate.Manner.ASKS, WarmUp.NONE, waits::incrementAndGet, lost::incrementAndGet),
                        machines);
                opened.add(succession);
                opening.complete(succession);
            } catch (Exception e) {
                opening.completeExceptionally(e);
            }
        });
        return opening;
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

    /** Gives the turn when it is told to, and remembers what is asked of it. */
    private static final class Others implements OtherMachines {
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Turn> turn = new CompletableFuture<>();
        private final AtomicBoolean owned = new AtomicBoolean(true);
        private final CompletableFuture<Runnable> elsewhere = new CompletableFuture<>();

        void give(Optional<SortedMap<String, byte[]>> left) {
            turn.complete(new Turn() {
                @Override
                public Optional<SortedMap<String, byte[]>> left() {
                    return left;
                }

                @Override
                public JournalStore store(JournalStore local) {
                    asked.add("store");
                    return local;
                }

                @Override
                public Fence fence(Fence local) {
                    return new Fence() {
                        @Override
                        public boolean owned() {
                            return owned.get() && local.owned();
                        }

                        @Override
                        public void valid(boolean valid) {
                            local.valid(valid);
                        }
                    };
                }

                @Override
                public void giveAway() {
                    asked.add("give away");
                }
            });
        }

        @Override
        public void watch() {
            asked.add("watch");
        }

        @Override
        public CompletionStage<Turn> take(Beginning beginning, Runnable actsElsewhere) {
            asked.add("take " + beginning);
            elsewhere.complete(actsElsewhere);
            return turn;
        }

        @Override
        public void close() {}
    }

    private static SortedMap<String, byte[]> records(String key, String value) {
        return new TreeMap<>(Map.of(key, value.getBytes(UTF_8)));
    }

    @Test
    void itGoesOnWithWhatAnotherMachineHasLeft() throws Exception {
        Succession before = alone();
        keep(before, "a", "of long ago");
        before.close();
        Others others = new Others();
        CompletableFuture<Succession> opening = among(others);
        others.elsewhere.get(30, TimeUnit.SECONDS).run();
        await().atMost(PATIENCE).until(() -> waits.get() == 1);
        assertThat(opening).isNotDone();

        others.give(Optional.of(records("b", "2")));

        Succession succession = opening.get(30, TimeUnit.SECONDS);
        assertThat(inherited(succession)).isEqualTo(Map.of("b", "2"));
        assertThat(succession.beginning()).isEqualTo(Beginning.AFTER_END);
        keep(succession, "c", "3");
        succession.leave();
        assertThat(others.asked).containsExactly("watch", "take AFTER_END", "store", "give away");
        assertThat(inherited(alone())).isEqualTo(Map.of("b", "2", "c", "3"));
    }

    @Test
    void whereThisMachineWasTheLastItsOwnFileCounts() throws Exception {
        Succession before = alone();
        keep(before, "a", "1");
        before.close();
        Others others = new Others();
        others.give(Optional.empty());

        Succession succession = among(others).get(30, TimeUnit.SECONDS);

        assertThat(inherited(succession)).isEqualTo(Map.of("a", "1"));
        succession.close();
        assertThat(others.asked).doesNotContain("give away");
    }

    @Test
    void whatAnotherMachineHasGoneOnWithIsForgotten() throws Exception {
        Succession before = alone();
        keep(before, "a", "1");
        before.close();
        Others others = new Others();
        CompletableFuture<Succession> opening = among(others);
        others.elsewhere.get(30, TimeUnit.SECONDS).run();

        assertThat(inherited(alone())).isEmpty();
        assertThatThrownBy(opening::join).hasCauseInstanceOf(Superseded.class);
    }

    @Test
    void whoWaitsGivesWayToTheNextProcessOfItsMachine() throws Exception {
        CompletableFuture<Succession> first = among(new Others());
        await().atMost(PATIENCE).until(() -> waits.get() == 1);
        Others others = new Others();
        CompletableFuture<Succession> second = among(others);

        assertThatThrownBy(first::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(Superseded.class);
        others.give(Optional.empty());
        assertThat(second.get(30, TimeUnit.SECONDS).journal().owned()).isTrue();
    }

    @Test
    void anotherMachinesTurnIsTheEndOfThisOnes() throws Exception {
        Others others = new Others();
        others.give(Optional.empty());
        Succession succession = among(others).get(30, TimeUnit.SECONDS);

        others.owned.set(false);

        await().atMost(PATIENCE).until(() -> lost.get() == 1);
        assertThat(succession.journal().owned()).isFalse();
        assertThat(succession.isMachines()).isTrue();
    }
}
