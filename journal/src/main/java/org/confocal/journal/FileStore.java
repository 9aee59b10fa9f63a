package org.confocal.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file that batches are added to, replaced by a fresh one once it is three times as long as what it says. The fresh one
 * is written beside it and takes its name when it is whole.
 */
final class FileStore implements JournalStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
    private static final long SMALL = 8 << 20;
    private static final int GROWTH = 3;

    private record Open(FileChannel channel, JournalFormat.Writer writer) {}

    private final Path file;
    private final Path beside;
    private final Optional<Path> predecessor;
    private final Durability durability;
    private Optional<Open> open = Optional.empty();
    private long rewriteAt;
    private long bytesBefore;

    /**
     * Touches nothing yet: the first thing to do is {@link #rewrite}.
     *
     * @param predecessor read by a successor while there is no file yet, so not true any more when this one is not
     */
    FileStore(Path file, Optional<Path> predecessor, Durability durability) {
        this.file = file;
        this.predecessor = predecessor;
        this.beside = file.resolveSibling(file.getFileName() + ".new");
        this.durability = durability;
    }

    @Override
    public void write(Map<String, Optional<byte[]>> batch) throws IOException {
        Open present = open.orElseThrow(() -> new IOException(file + " is not open"));
        present.writer().batch(batch);
        if (durability == Durability.MACHINE) {
            present.channel().force(false);
        }
    }

    @Override
    public void rewrite(Map<String, byte[]> all) throws IOException {
        TreeMap<String, Optional<byte[]>> batch = new TreeMap<>();
        all.forEach((key, value) -> batch.put(key, Optional.of(value)));
        rewriteAt = open.map(present -> present.writer().written()).orElse(0L) + SMALL;
        FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        boolean whole = false;
        try {
            JournalFormat.Writer writer = new JournalFormat.Writer(channel);
            writer.header();
            writer.batch(batch);
            if (durability == Durability.MACHINE) {
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            close();
            open = Optional.of(new Open(channel, writer));
            rewriteAt = Math.max(SMALL, GROWTH * writer.written());
            whole = true;
        } finally {
            if (!whole) {
                channel.close();
                Files.deleteIfExists(beside);
            }
        }
    }

    @Override
    public boolean grown() {
        return open.map(present -> present.writer().written() > rewriteAt).orElse(true);
    }

    @Override
    public long bytesWritten() {
        return bytesBefore + open.map(present -> present.writer().written()).orElse(0L);
    }

    @Override
    public void invalidate() {
        close();
        predecessor.ifPresent(FileStore::delete);
        delete(file);
    }

    private static void delete(Path notTrue) {
        try {
            Files.deleteIfExists(notTrue);
        } catch (IOException e) {
            LOG.warn("Cannot remove {}, which is not true any more: {}", notTrue, e.toString());
        }
    }

    @Override
    public void close() {
        bytesBefore = bytesWritten();
        open.ifPresent(present -> {
            try {
                present.channel().close();
            } catch (IOException e) {
                LOG.warn("Closing {}: {}", file, e.toString());
            }
        });
        open = Optional.empty();
    }
}
