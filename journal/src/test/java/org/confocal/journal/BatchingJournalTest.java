package org.confocal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchingJournalTest {
    private static final JournalTuning QUICK = new JournalTuning(
            Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ofMillis(100));

    /** Two processes' shared memory, in one. */
    private static final class StubFence implements Fence {
        private final AtomicBoolean owned = new AtomicBoolean(true);
        private final AtomicBoolean valid = new AtomicBoolean(true);

        @Override
        public boolean owned() {
            return owned.get();
        }

        @Override
        public void valid(boolean isValid) {
            valid.set(isValid);
        }
    }

    private final StubStore store = new StubStore();
    private final StubFence fence = new StubFence();
    private final AtomicInteger lost = new AtomicInteger();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private BatchingJournal journal = new BatchingJournal(store, new TreeMap<>(), QUICK, fence, lost::incrementAndGet);

    @AfterEach
    void end() {
        hanging.countDown();
        journal.close();
    }

    private void put(String key, String value) {
        journal.put(key, () -> value.getBytes(UTF_8));
    }

    private CompletableFuture<Map<String, String>> storedWhenKept() {
        CompletableFuture<Map<String, String>> stored = new CompletableFuture<>();
        journal.whenKept(() -> stored.complete(store.now()));
        return stored;
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whatIsCalledBackIsInTheStoreBefore() throws Exception {
        CompletableFuture<Map<String, String>> stored = new CompletableFuture<>();
        journal.change(() -> {
            put("a", "1");
            put("b", "2");
            journal.whenKept(() -> stored.complete(store.now()));
        });
        assertThat(get(stored)).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void changesOfManyThreadsAreNeverSplitAndTheirCallbacksKeepTheirOrder() throws Exception {
        List<List<Integer>> order = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            List<Integer> mine = Collections.synchronizedList(new ArrayList<>());
            order.add(mine);
            String name = "t" + t;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 300; i++) {
                    int round = i;
                    journal.change(() -> {
                        put(name + "/x", "" + round);
                        journal.change(() -> put(name + "/y", "" + round));
                        journal.whenKept(() -> mine.add(round));
                    });
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(get(storedWhenKept())).hasSize(8).containsEntry("t3/y", "299");
        assertThat(order)
                .allSatisfy(mine -> assertThat(mine)
                        .containsExactlyElementsOf(
                                IntStream.range(0, 300).boxed().toList()));
        assertThat(store.states())
                .allSatisfy(state -> IntStream.range(0, 4)
                        .forEach(t -> assertThat(state.get("t" + t + "/x")).isEqualTo(state.get("t" + t + "/y"))));
    }

    @Test
    void onlyTheLastValueOfABatchIsAskedForAndAShortLifeIsNotWritten() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CompletableFuture<Map<String, String>> stored = new CompletableFuture<>();
        journal.change(() -> {
            for (int i = 0; i < 50; i++) {
                byte[] value = {(byte) ('0' + i % 10)};
                journal.put("a", () -> {
                    asked.incrementAndGet();
                    return value;
                });
            }
            put("short", "lived");
            journal.remove("short");
            journal.whenKept(() -> stored.complete(store.now()));
        });
        assertThat(get(stored)).isEqualTo(Map.of("a", "9"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void aSupplierOrCallbackThatThrowsConcernsNobodyElse() throws Exception {
        put("bad", "once good");
        get(storedWhenKept());
        CompletableFuture<Map<String, String>> stored = new CompletableFuture<>();
        journal.change(() -> {
            journal.put("bad", () -> {
                throw new IllegalStateException("expected by the test");
            });
            put("good", "1");
            journal.whenKept(() -> {
                throw new IllegalStateException("expected by the test");
            });
            journal.whenKept(() -> stored.complete(store.now()));
        });
        assertThat(get(stored)).isEqualTo(Map.of("good", "1"));
        assertThat(journal.meters().failures()).isEqualTo(2);
    }

    @Test
    void onAFullDiskEverythingGoesOnMarkedInvalidAndIsWrittenAnewLater() throws Exception {
        put("a", "1");
        get(storedWhenKept());
        store.full(true);
        put("b", "2");
        CompletableFuture<Boolean> validWhenCalledBack = new CompletableFuture<>();
        journal.whenKept(() -> validWhenCalledBack.complete(fence.valid.get() || !store.invalidated()));
        assertThat(get(validWhenCalledBack)).isFalse();
        assertThat(journal.meters().degraded()).isTrue();
        put("c", "3");
        get(storedWhenKept());
        store.full(false);
        await().until(() -> !journal.meters().degraded());
        assertThat(store.now()).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
        assertThat(fence.valid).isTrue();
        put("d", "4");
        assertThat(get(storedWhenKept())).containsEntry("d", "4");
    }

    @Test
    void aDiskThatHangsHoldsUpNobodyForLongerThanThePatience() throws Exception {
        journal.close();
        JournalTuning impatient =
                new JournalTuning(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(100));
        journal = new BatchingJournal(store, new TreeMap<>(), impatient, fence, lost::incrementAndGet);
        put("a", "1");
        get(storedWhenKept());
        store.hang(hanging);
        put("b", "2");
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        journal.whenKept(() -> first.complete(fence.valid.get()));
        store.awaitHanging();
        put("c", "3");
        CompletableFuture<Boolean> second = new CompletableFuture<>();
        journal.whenKept(() -> second.complete(first.isDone()));
        assertThat(get(first)).as("believed when called back").isFalse();
        assertThat(get(second)).as("in order").isTrue();
        assertThat(journal.meters().degraded()).isTrue();
        hanging.countDown();
        await().until(() -> !journal.meters().degraded());
        assertThat(store.now()).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
        assertThat(fence.valid).isTrue();
    }

    @Test
    void whoIsFencedWritesNothingMoreCallsNobodyBackAndHearsItOnce() throws Exception {
        put("a", "1");
        get(storedWhenKept());
        int written = store.writes() + store.rewrites();
        fence.owned.set(false);
        put("b", "2");
        CompletableFuture<Map<String, String>> never = storedWhenKept();
        await().until(() -> lost.get() == 1);
        put("c", "3");
        journal.close();
        assertThat(store.writes() + store.rewrites()).isEqualTo(written);
        assertThat(never).isNotDone();
        assertThat(lost).hasValue(1);
        assertThat(journal.owned()).isFalse();
    }

    @Test
    void whoIsFencedHearsItWithoutDoingAnything() {
        fence.owned.set(false);
        await().until(() -> lost.get() == 1);
    }

    @Test
    void aLongFileIsWrittenAnewWithAllThereIs() throws Exception {
        put("a", "1");
        get(storedWhenKept());
        int before = store.rewrites();
        store.grow();
        put("b", "2");
        assertThat(get(storedWhenKept())).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(store.rewrites()).isEqualTo(before + 1);
    }

    @Test
    void restingKeepsWhatThereWasAndWaitsWithTheRest() throws Exception {
        put("a", "1");
        assertThat(get(journal.rest().toCompletableFuture())).isTrue();
        assertThat(store.now()).isEqualTo(Map.of("a", "1"));
        put("b", "2");
        CompletableFuture<Map<String, String>> later = storedWhenKept();
        StubStore fresh = new StubStore();
        assertThat(later).isNotDone();
        journal.resume(fresh);
        get(later);
        assertThat(fresh.now()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(store.now()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void aValueThatIsAsItWasIsNotWrittenAgain() throws Exception {
        put("a", "1");
        get(storedWhenKept());
        int before = store.writes() + store.rewrites();
        put("a", "1");
        get(storedWhenKept());
        assertThat(store.writes() + store.rewrites()).isEqualTo(before);
    }

    @Test
    void aStoreThatBreaksInAWayNobodyThoughtOfLeavesNobodyWaiting() throws Exception {
        put("a", "1");
        get(storedWhenKept());
        store.breakOnce();
        put("b", "2");
        assertThat(get(storedWhenKept())).doesNotContainKey("b");
        await().until(() -> store.now().equals(Map.of("a", "1", "b", "2")));
        put("c", "3");
        assertThat(get(storedWhenKept())).containsEntry("c", "3");
    }

    @Test
    void whatNobodyWaitsForIsKeptWithWhatSomebodyWaitsFor() throws Exception {
        patient();
        int before = store.writes() + store.rewrites();
        put("a", "1");
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        journal.whenKeptAtLeisure(() -> order.add("at leisure"));
        journal.remove("b");
        put("c", "3");
        assertThat(order).isEmpty();
        journal.whenKept(() -> order.add("soon"));
        assertThat(get(storedWhenKept())).isEqualTo(Map.of("a", "1", "c", "3"));
        assertThat(order).containsExactly("at leisure", "soon");
        assertThat(store.writes() + store.rewrites()).isBetween(before + 1, before + 2);
    }

    @Test
    void whatNobodyWaitsForIsKeptAllTheSame() throws Exception {
        put("a", "1");
        CompletableFuture<Map<String, String>> stored = new CompletableFuture<>();
        journal.whenKeptAtLeisure(() -> stored.complete(store.now()));
        assertThat(get(stored)).isEqualTo(Map.of("a", "1"));
        put("b", "2");
        await().until(() -> store.now().equals(Map.of("a", "1", "b", "2")));
    }

    @Test
    void restingAndClosingWaitForNoLeisure() throws Exception {
        patient();
        put("a", "1");
        assertThat(get(journal.rest().toCompletableFuture())).isTrue();
        StubStore fresh = new StubStore();
        journal.resume(fresh);
        get(storedWhenKept());
        put("b", "2");
        journal.close();
        assertThat(fresh.now()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    /** One that writes nothing by itself. */
    private void patient() throws Exception {
        journal.close();
        JournalTuning tuning = new JournalTuning(
                Duration.ofMillis(2), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30));
        journal = new BatchingJournal(store, new TreeMap<>(), tuning, fence, lost::incrementAndGet);
        get(storedWhenKept());
    }

    @Test
    void metersCount() throws Exception {
        put("a", "1");
        get(storedWhenKept());
        put("b", "2");
        get(storedWhenKept());
        await().until(() -> journal.meters().batches() == 2);
        JournalMeters meters = journal.meters();
        assertThat(meters.values()).isEqualTo(2);
        assertThat(meters.live()).isEqualTo(2);
        assertThat(meters.degraded()).isFalse();
        assertThat(meters.cpuNanos()).isPositive();
    }
}
