package org.confocal.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that waits beside the one that acts, and is warm when that one ends. It looks whether the other one lives by its
 * lock, which the operating system opens, so it needs no word from it. One that hangs is left alone: only who asks fences.
 */
final class Spare implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** After each change of the process that acts: soon, as it may be the first time, and once more when it has settled. */
    private static final List<Duration> REHEARSALS =
            List.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMinutes(1));

    private static final Duration THEN_EVERY = Duration.ofHours(1);

    private final JournalDirectory directory;
    private final SuccessionSettings settings;
    private final EpochFile epochs;
    private final Candidate candidate;
    private final Thread rehearsals = Thread.ofPlatform().name("spare").daemon().unstarted(this::rehearse);
    private volatile long beside;
    private volatile Optional<String> refusal = Optional.empty();
    private volatile boolean over;

    // Of the thread that rehearses.
    private long readyBeside;

    Spare(JournalDirectory directory, SuccessionSettings settings, EpochFile epochs, Candidate candidate) {
        this.directory = directory;
        this.settings = settings;
        this.epochs = epochs;
        this.candidate = candidate;
    }

    /**
     * Until no process acts, and none is about to.
     *
     * @return as one that has nobody to ask
     * @throws SuccessionRefused where the process that acts writes what this one cannot read
     */
    Taking await() throws IOException, InterruptedException {
        while (true) {
            Optional<Taking> vacant = Taking.ofEnded(directory, settings, epochs, candidate.warmUp());
            if (vacant.isPresent()) {
                return vacant.get();
            }
            waitBeside(epochs.raw());
        }
    }

    /** Until that one has ended, or another one acts. */
    private void waitBeside(long raw) throws IOException, InterruptedException {
        long epoch = Taking.last(directory, raw);
        if (epoch != beside) {
            LOG.info("The process of epoch {} acts; this one waits beside it", epoch);
            candidate.waits().run();
            beside = epoch;
            if (rehearsals.getState() == Thread.State.NEW) {
                rehearsals.start();
            }
        }
        do {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            if (refusal.isPresent()) {
                throw new SuccessionRefused(refusal.get());
            }
        } while (epochs.raw() == raw && !ProcessLock.isFree(directory.lock(epoch)));
    }

    private void rehearse() {
        try {
            while (!over) {
                long acting = beside;
                for (int i = 0; acting == beside && !over; i++) {
                    pause(i < REHEARSALS.size() ? REHEARSALS.get(i) : THEN_EVERY, acting);
                    if (!over) {
                        once();
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("No more rehearsals", e);
        }
    }

    /** As long as that; shorter where another process acts. */
    private void pause(Duration length, long acting) throws InterruptedException {
        long until = System.nanoTime() + length.toNanos();
        while (System.nanoTime() - until < 0 && acting == beside) {
            TimeUnit.NANOSECONDS.sleep(Math.min(LOOK_EVERY.toNanos() * 10, Math.max(1, until - System.nanoTime())));
        }
    }

    private void once() throws InterruptedException {
        try {
            Optional<Path> newest = directory.newestJournal();
            if (newest.isPresent()) {
                candidate.warmUp().with(JournalFormat.read(newest.get()).values());
                sayReady();
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (UnreadableJournal e) {
            if (e.isOfAnotherFormat()) {
                refusal = Optional.of("What the running process keeps cannot be gone on with: " + e.getMessage());
            }
        } catch (IOException e) {
            LOG.debug("Nothing to rehearse with", e);
        } catch (Exception e) {
            LOG.warn("This process could not go on with everything that the running one keeps: {}", e.toString());
        }
    }

    private void sayReady() {
        if (readyBeside != beside) {
            readyBeside = beside;
            LOG.info("Ready to go on after the process of epoch {}", readyBeside);
        }
    }

    @Override
    public void close() {
        over = true;
        rehearsals.interrupt();
    }
}
