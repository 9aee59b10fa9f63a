package org.confocal.journal.redis;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.confocal.journal.JournalStore;

/** The file of a test, which can be full. */
final class MemoryStore implements JournalStore {
    private final Map<String, byte[]> all = new TreeMap<>();
    private boolean full;

    synchronized void full(boolean isFull) {
        full = isFull;
    }

    synchronized Map<String, String> now() {
        return Machines.text(all);
    }

    @Override
    public synchronized void write(Map<String, Optional<byte[]>> batch) throws IOException {
        check();
        batch.forEach((key, value) -> value.ifPresentOrElse(bytes -> all.put(key, bytes), () -> all.remove(key)));
    }

    @Override
    public synchronized void rewrite(Map<String, byte[]> everything) throws IOException {
        check();
        all.clear();
        all.putAll(everything);
    }

    private void check() throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public boolean grown() {
        return false;
    }

    @Override
    public void invalidate() {}

    @Override
    public long bytesWritten() {
        return 0;
    }

    @Override
    public void close() {}
}
