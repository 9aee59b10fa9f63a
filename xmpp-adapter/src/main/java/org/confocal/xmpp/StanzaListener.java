package org.confocal.xmpp;

import org.jivesoftware.smack.packet.Stanza;

/**
 * Receives presences, messages, and the IQ requests that the transport does not answer itself, on the connection's thread
 * and in stream order. An exception is logged; an IQ request in whose handling it happened is answered with
 * internal-server-error.
 */
@FunctionalInterface
public interface StanzaListener {

    /**
     * An IQ request is offered to the listeners in the order they were added until one takes it; where none does, the
     * transport answers service-unavailable. For presences and messages the verdict has no effect: all listeners get them.
     */
    Verdict onStanza(Stanza stanza);

    /** Whose an IQ request is. */
    enum Verdict {
        /** This listener answers it, now or later, with a result or an error through {@link XmppConnection#send}. */
        TAKEN,
        NOT_MINE
    }
}
