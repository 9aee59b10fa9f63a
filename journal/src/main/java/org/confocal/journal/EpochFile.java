package org.confocal.journal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Sixteen bytes that all processes of one journal share in memory: the epoch of the one that acts, and the epoch whose journal is
 * not to be believed. Reading and writing them waits for no disk. Any bytes may have been found in it: what is no number that
 * can be an epoch counts as 0.
 */
final class EpochFile {
    private static final int BYTES = 16;
    private static final int EPOCH = 0;
    private static final int INVALID = 8;
    private static final long MOST = 1L << 48;
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final MappedByteBuffer shared;

    private EpochFile(MappedByteBuffer shared) {
        this.shared = shared;
    }

    /** @throws IOException where it cannot be opened for writing or mapped */
    static EpochFile open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long missing = BYTES - channel.size();
            if (missing > 0) {
                // Written, not only mapped: a full disk says so here, where a page of a mapping would end the process.
                channel.write(ByteBuffer.allocate((int) missing), channel.size());
            }
            return new EpochFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        }
    }

    /** As it stands there, to be compared with later. */
    long raw() {
        return (long) LONG.getVolatile(shared, EPOCH);
    }

    /** The epoch, 0 where it is none. */
    static long plausible(long raw) {
        return raw > 0 && raw < MOST ? raw : 0;
    }

    /** Whether nobody was faster. */
    boolean raise(long fromRaw, long to) {
        return LONG.compareAndSet(shared, EPOCH, fromRaw, to);
    }

    /** The epoch whose journal is not to be believed. */
    long invalid() {
        return (long) LONG.getVolatile(shared, INVALID);
    }

    void invalid(long epoch) {
        LONG.setVolatile(shared, INVALID, epoch);
    }
}
