package org.confocal.tests.demo;

import java.io.IOException;

/** A focus that the demo and the tests start, look at and stop. Used by one thread at a time. */
public interface FocusUnderTest extends AutoCloseable {

    /**
     * Starts it. It may come up before Prosody does.
     *
     * @param configuration HOCON, as an operator's {@code jicofo.conf}
     * @throws IOException where the configuration is refused or the HTTP port is taken
     */
    void start(String configuration) throws IOException;

    /** Where its HTTP server listens. */
    int httpPort();

    /** What it holds now. */
    Holdings holdings();

    /** Stops it as SIGTERM does: conferences are expired. Safe to call twice. */
    @Override
    void close();

    /**
     * What a focus holds: all 0 when nobody is there.
     *
     * @param endpoints participants that it believes to be on a bridge
     */
    record Holdings(int conferences, int endpoints, int timers, int reservations) {
        /** Whether it holds nothing. */
        public boolean nothing() {
            return conferences == 0 && endpoints == 0 && timers == 0 && reservations == 0;
        }
    }
}
