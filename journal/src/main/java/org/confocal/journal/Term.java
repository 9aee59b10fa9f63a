package org.confocal.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The time in which this process is the one that acts: its epoch, the locks that say that it lives, and the fence. */
final class Term implements Fence, AutoCloseable {
    private final JournalDirectory directory;
    private final EpochFile epochs;
    private final List<ProcessLock> locks = new ArrayList<>();
    private volatile long epoch;
    private volatile long next;

    private Term(JournalDirectory directory, EpochFile epochs, long epoch, ProcessLock lock) {
        this.directory = directory;
        this.epochs = epochs;
        this.epoch = epoch;
        this.next = epoch;
        locks.add(lock);
    }

    /** @throws SuccessionRefused where the epoch is no longer the one that was read */
    static Term begin(JournalDirectory directory, EpochFile epochs, long raw, long epoch) throws IOException {
        // Before the epoch: whoever sees the epoch must find that its process lives.
        ProcessLock lock = lock(directory, epoch);
        if (!epochs.raise(raw, epoch)) {
            lock.close();
            throw new SuccessionRefused("The running process has taken itself back");
        }
        lock.sign();
        return new Term(directory, epochs, epoch, lock);
    }

    private static ProcessLock lock(JournalDirectory directory, long epoch) throws IOException {
        return ProcessLock.tryLock(directory.lock(epoch))
                .orElseThrow(() -> new SuccessionRefused("Another process holds " + directory.lock(epoch)));
    }

    /** Whether what the process of this epoch left was all there was. */
    static boolean believed(EpochFile epochs, long epoch) {
        return epoch == 0 || epochs.invalid() != epoch;
    }

    long epoch() {
        return epoch;
    }

    /**
     * Begins another epoch, two on: the candidate that knows of this one's would take the one between.
     *
     * @return false where another process has taken over
     */
    boolean renew() throws IOException {
        long renewed = epoch + 2;
        ProcessLock lock = lock(directory, renewed);
        next = renewed;
        if (epochs.invalid() == epoch) {
            epochs.invalid(renewed);
        }
        if (!epochs.raise(epoch, renewed)) {
            next = epoch;
            lock.close();
            return false;
        }
        epoch = renewed;
        locks.add(lock);
        lock.sign();
        return true;
    }

    @Override
    public boolean owned() {
        try {
            long acting = epochs.raw();
            return acting == epoch || acting == next;
        } catch (InternalError e) {
            // The file was cut under the mapping: whoever acts now, it is not known to be this process.
            return false;
        }
    }

    @Override
    public void valid(boolean valid) {
        try {
            epochs.invalid(valid ? 0 : epoch);
        } catch (InternalError e) {
            // As above: this process will find that it is not the one.
        }
    }

    @Override
    public void close() {
        locks.forEach(ProcessLock::close);
    }
}
