package org.confocal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A store in memory that can be full, and that can hang. */
final class StubStore implements JournalStore {
    private final List<Map<String, String>> states = new ArrayList<>();
    private Map<String, String> now = new HashMap<>();
    private boolean full;
    private boolean broken;
    private boolean grown;
    private int rewrites;
    private int writes;
    private boolean invalidated;
    private CountDownLatch gate = new CountDownLatch(0);
    private CountDownLatch arrived = new CountDownLatch(1);

    @Override
    public void write(Map<String, Optional<byte[]>> batch) throws IOException {
        pass();
        synchronized (this) {
            writes++;
            batch.forEach((key, value) ->
                    value.ifPresentOrElse(bytes -> now.put(key, new String(bytes, UTF_8)), () -> now.remove(key)));
            states.add(Map.copyOf(now));
        }
    }

    @Override
    public void rewrite(Map<String, byte[]> all) throws IOException {
        pass();
        synchronized (this) {
            rewrites++;
            grown = false;
            invalidated = false;
            now = new HashMap<>();
            all.forEach((key, value) -> now.put(key, new String(value, UTF_8)));
            states.add(Map.copyOf(now));
        }
    }

    private void pass() throws IOException {
        CountDownLatch present;
        synchronized (this) {
            if (broken) {
                broken = false;
                throw new AssertionError("expected by the test");
            }
            if (full) {
                throw new IOException("No space left on device");
            }
            present = gate;
            arrived.countDown();
        }
        try {
            present.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    synchronized void full(boolean isFull) {
        full = isFull;
    }

    synchronized void breakOnce() {
        broken = true;
    }

    synchronized void grow() {
        grown = true;
    }

    /** From now on whoever writes stays until the latch opens. */
    synchronized void hang(CountDownLatch until) {
        gate = until;
        arrived = new CountDownLatch(1);
    }

    void awaitHanging() throws InterruptedException {
        CountDownLatch present;
        synchronized (this) {
            present = arrived;
        }
        present.await();
    }

    synchronized Map<String, String> now() {
        return Map.copyOf(now);
    }

    synchronized List<Map<String, String>> states() {
        return List.copyOf(states);
    }

    synchronized int rewrites() {
        return rewrites;
    }

    synchronized int writes() {
        return writes;
    }

    synchronized boolean invalidated() {
        return invalidated;
    }

    @Override
    public synchronized boolean grown() {
        return grown;
    }

    @Override
    public synchronized long bytesWritten() {
        return writes;
    }

    @Override
    public synchronized void invalidate() {
        invalidated = true;
    }

    @Override
    public void close() {}
}
