package org.confocal.journal.redis;

/** How a stream to the server has come to its end. */
public enum StreamEnd {
    /** The server or the network is gone. */
    LOST,
    /** The server says that another connection has taken its place. */
    REPLACED
}
