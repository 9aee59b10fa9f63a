package org.confocal.journal.redis;

import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.confocal.journal.Fence;
import org.confocal.journal.JournalStore;
import org.confocal.journal.OtherMachines;

/**
 * The lease is this process'.
 *
 * @param lease is being renewed already
 * @param records what the last holder left; empty where that was not all there was, or where this machine goes on with its own
 *     file because Redis cannot be asked
 * @param from who that was
 * @param replica writes nothing to Redis before its store is written to
 */
public record Taken(RedisLease lease, SortedMap<String, byte[]> records, From from, RedisReplica replica)
        implements OtherMachines.Turn {
    private static final int SECONDS_TO_GIVE_AWAY = 2;

    /** Who acted before, which says where the truth is. */
    public enum From {
        /** Nobody that Redis knows of. */
        NOBODY,
        /** This machine: its own file has at least what Redis has. */
        THIS_MACHINE,
        /** Another one: what this machine's file says is of long ago. */
        ANOTHER_MACHINE
    }

    @Override
    public Optional<SortedMap<String, byte[]>> left() {
        return from == From.ANOTHER_MACHINE ? Optional.of(records) : Optional.empty();
    }

    @Override
    public JournalStore store(JournalStore local) {
        return replica.store(local);
    }

    @Override
    public Fence fence(Fence local) {
        return replica.fence(local);
    }

    @Override
    public void giveAway() {
        try {
            lease.release().toCompletableFuture().get(SECONDS_TO_GIVE_AWAY, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The lease says why, and runs out by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
