package org.confocal.tests.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.confocal.tests.client.ClientBooks;
import org.confocal.tests.client.ClientConfig;
import org.confocal.tests.client.ClientEmulator;

/** Somebody in a room who reloads the page where a browser would: another client each time. Used by one thread. */
final class DemoPerson {
    private static final int PAUSE_MILLIS = 200;

    private final ClientConfig config;
    private final SplittableRandom random;
    private final List<ClientEmulator> lives = new ArrayList<>();

    DemoPerson(ClientConfig config, SplittableRandom random) {
        this.config = config;
        this.random = random;
    }

    /** Enters the room; whoever was there before under this name has to have left. */
    void join() throws IOException {
        lives.add(ClientEmulator.join(config, random.split()));
    }

    /** Leaves and enters again. */
    void reload() throws IOException {
        current().leave();
        join();
    }

    /**
     * Enters again after its connection broke, trying for that long.
     *
     * @return how long it took from the connection that worked to there being a session, in nanoseconds
     */
    long comeBack(Duration atMost) throws IOException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            long started = System.nanoTime();
            try {
                join();
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
                continue;
            }
            if (!current().await(books -> books.accepted() > 0, atMost)) {
                throw new IOException(current().endpoint() + " has no session " + atMost + " after coming back");
            }
            return System.nanoTime() - started;
        }
    }

    /** Who it is now. */
    ClientEmulator current() {
        return lives.getLast();
    }

    /** What it saw in all its lives. */
    List<ClientBooks> books() {
        return lives.stream().map(ClientEmulator::books).toList();
    }

    /** How often it was invited, in all its lives. */
    int invites() {
        return books().stream().mapToInt(books -> books.offers().size()).sum();
    }
}
