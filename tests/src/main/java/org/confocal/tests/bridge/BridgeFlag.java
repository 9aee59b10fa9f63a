package org.confocal.tests.bridge;

/** What a bridge says of itself in presence, beyond numbers (spec/05, 2). */
public enum BridgeFlag {
    /** Reversible: to be used last. */
    DRAIN,
    /** One way: refuses new conferences. */
    GRACEFUL_SHUTDOWN,
    /** Wants its endpoints moved away now; refuses new conferences. */
    SHUTTING_DOWN,
    /** Fails health checks. */
    UNHEALTHY
}
