package org.confocal.journal.redis;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.confocal.journal.JournalStore;

/** Writes to the file while Redis does its part. What fails is the file's failure; Redis' is the replica's own affair. */
final class ReplicatedStore implements JournalStore {
    private final JournalStore local;
    private final RedisReplica replica;

    ReplicatedStore(JournalStore local, RedisReplica replica) {
        this.local = local;
        this.replica = replica;
    }

    @Override
    public void write(Map<String, Optional<byte[]>> batch) throws IOException {
        CompletableFuture<Void> offered = replica.offer(batch);
        local.write(batch);
        replica.await(offered);
    }

    @Override
    public void rewrite(Map<String, byte[]> all) throws IOException {
        CompletableFuture<Void> offered = replica.become(all);
        local.rewrite(all);
        replica.await(offered);
    }

    @Override
    public boolean grown() {
        return local.grown();
    }

    @Override
    public void invalidate() {
        replica.outdated();
        local.invalidate();
    }

    @Override
    public long bytesWritten() {
        return local.bytesWritten();
    }

    @Override
    public void close() {
        local.close();
    }
}
