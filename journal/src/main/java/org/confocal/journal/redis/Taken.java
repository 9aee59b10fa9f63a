package org.confocal.journal.redis;

import java.util.SortedMap;

/**
 * The lease is this process'.
 *
 * @param lease is being renewed already
 * @param records what the last holder left; empty where that was not all there was, or where this machine goes on with its own
 *     file because Redis cannot be asked
 * @param from who that was
 * @param replica writes nothing to Redis before its store is written to
 */
public record Taken(RedisLease lease, SortedMap<String, byte[]> records, From from, RedisReplica replica) {

    /** Who acted before, which says where the truth is. */
    public enum From {
        /** Nobody that Redis knows of. */
        NOBODY,
        /** This machine: its own file has at least what Redis has. */
        THIS_MACHINE,
        /** Another one: what this machine's file says is of long ago. */
        ANOTHER_MACHINE
    }
}
