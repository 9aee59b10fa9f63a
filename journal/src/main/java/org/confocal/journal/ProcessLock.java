package org.confocal.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lock on a file, which the operating system opens when the process ends, however it ends. */
final class ProcessLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Empty where another process has it. Makes the file where there is none. */
    static Optional<ProcessLock> tryLock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock();
            locked = lock != null;
            return locked ? Optional.of(new ProcessLock(channel)) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            // Another focus in this virtual machine.
            return Optional.empty();
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** Writes this process' id into the file. Where that fails nobody finds out who holds the lock, which harms nobody. */
    void sign() {
        byte[] line = (ProcessHandle.current().pid() + "\n").getBytes(US_ASCII);
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(line), 0);
        } catch (IOException e) {
            LOG.warn("The process that acts cannot be written down: {}", e.toString());
        }
    }

    /** Whether no process has it just now; has it itself for that moment. */
    static boolean isFree(Path file) throws IOException {
        Optional<ProcessLock> lock = tryLock(file);
        lock.ifPresent(ProcessLock::close);
        return lock.isPresent();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
