package org.confocal.xmpp.exchange;

import org.jivesoftware.smack.packet.Stanza;

/** Where stanzas leave. Called from any thread; returns at once. */
public interface Link {

    /**
     * Sends a stanza. What is offered by one thread leaves in that order.
     *
     * @param onFailure called at most once, on any thread, where it turns out that the stanza has not left
     */
    void offer(Stanza stanza, Runnable onFailure);
}
