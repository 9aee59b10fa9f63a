package org.confocal.xmpp;

/** Told on the connection's thread, in order with the stanzas, what became of the stream. */
@FunctionalInterface
public interface StateListener {

    void onState(ConnectionState state);

    /** What happened to the stream. */
    enum ConnectionState {
        /** A fresh stream: authenticated, no room joined. Anything that was believed of an earlier stream is gone. */
        CONNECTED,
        /**
         * The stream went on where it had stopped (XEP-0198): nothing was lost. Follows DISCONNECTED; comes first only in a
         * process that goes on with the stream of the one before.
         */
        RESUMED,
        /** The stream is gone; RESUMED or CONNECTED follows if the server can be reached again. */
        DISCONNECTED
    }
}
