package org.confocal.tests.client;

/** What a client does with a transport-replace (spec/03, section 9; spec/07, section 4). */
public enum Replacing {
    /** Takes the new transport in its session: transport-accept. */
    ACCEPTS,
    /** Says that it does not want it: transport-reject. */
    REJECTS,
    /** Acknowledges it and does nothing, as current lib-jitsi-meet. */
    IGNORES
}
