package org.confocal.focus.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialMailboxTest {
    private static final int PRODUCERS = 8;
    private static final int EACH = 12_500;

    private record Letter(int producer, int number) {}

    @Test
    void eachProducersOrderIsKeptAndNothingIsLostOrDoubledUnderContention() throws Exception {
        // Plain fields on purpose: they are only right if the mailbox is serial and publishes between threads.
        List<Letter> seen = new ArrayList<>();
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(PRODUCERS * EACH);
        try (ExecutorService pool = Executors.newFixedThreadPool(4);
                ExecutorService producers = Executors.newFixedThreadPool(PRODUCERS)) {
            SerialMailbox<Letter> mailbox = new SerialMailbox<>(pool, PRODUCERS * EACH, PRODUCERS * EACH, letter -> {
                if (inside.getAndIncrement() != 0) {
                    overlapped.set(true);
                }
                seen.add(letter);
                inside.decrementAndGet();
                done.countDown();
            });
            CyclicBarrier together = new CyclicBarrier(PRODUCERS);
            for (int p = 0; p < PRODUCERS; p++) {
                int producer = p;
                producers.execute(() -> {
                    await(together);
                    for (int n = 0; n < EACH; n++) {
                        mailbox.offer(new Letter(producer, n));
                    }
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(mailbox.size()).isZero();
        }
        assertThat(overlapped).isFalse();
        assertThat(seen).hasSize(PRODUCERS * EACH);
        for (int p = 0; p < PRODUCERS; p++) {
            int producer = p;
            assertThat(seen.stream().filter(l -> l.producer() == producer).map(Letter::number))
                    .containsExactlyElementsOf(IntStream.range(0, EACH).boxed().toList());
        }
    }

    @Test
    void boundsAreExact() {
        List<Integer> seen = new ArrayList<>();
        Queue<Runnable> pool = new ArrayDeque<>();
        SerialMailbox<Integer> mailbox = new SerialMailbox<>(pool::add, 3, 5, seen::add);

        assertThat(IntStream.range(0, 4).mapToObj(mailbox::offer)).containsExactly(true, true, true, false);
        assertThat(IntStream.range(4, 7).mapToObj(mailbox::force)).containsExactly(true, true, false);
        assertThat(mailbox.size()).isEqualTo(5);
        assertThat(pool).as("queued in the pool once").hasSize(1);

        pool.remove().run();
        assertThat(seen).containsExactly(0, 1, 2, 4, 5);
        assertThat(mailbox.size()).isZero();
        assertThat(mailbox.offer(7)).isTrue();
    }

    @Test
    void busyMailboxGivesTheThreadBack() {
        List<Integer> seen = new ArrayList<>();
        Queue<Runnable> pool = new ArrayDeque<>();
        SerialMailbox<Integer> mailbox = new SerialMailbox<>(pool::add, 1_000, 1_000, seen::add);
        IntStream.range(0, 1_000).forEach(mailbox::offer);

        pool.remove().run();
        assertThat(seen.size()).isLessThan(100);
        assertThat(pool).hasSize(1);
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
        assertThat(seen).hasSize(1_000);
    }

    @Test
    void throwingConsumerLosesOnlyThatElement() {
        List<Integer> seen = new ArrayList<>();
        Queue<Runnable> pool = new ArrayDeque<>();
        SerialMailbox<Integer> mailbox = new SerialMailbox<>(pool::add, 10, 10, n -> {
            if (n == 1) {
                throw new IllegalStateException("one");
            }
            seen.add(n);
        });
        IntStream.range(0, 3).forEach(mailbox::offer);

        assertThatThrownBy(() -> pool.remove().run()).hasMessage("one");
        pool.remove().run();
        assertThat(seen).containsExactly(0, 2);
        assertThat(pool).isEmpty();
    }

    @Test
    void senselessBoundsAreRefused() {
        assertThatThrownBy(() -> new SerialMailbox<String>(Runnable::run, 0, 1, s -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SerialMailbox<String>(Runnable::run, 2, 1, s -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWaitsWhenThePoolIsClosedIsWorkedOff() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        List<Integer> taken = Collections.synchronizedList(new ArrayList<>());
        ExecutorService pool = Executors.newSingleThreadExecutor();
        SerialMailbox<Integer> mailbox = new SerialMailbox<>(pool, 1000, 1000, element -> {
            try {
                closed.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            taken.add(element);
        });
        for (int i = 0; i < 300; i++) {
            mailbox.offer(i);
        }

        pool.shutdown();
        closed.countDown();

        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(taken).hasSize(300).isSorted();
    }
}
