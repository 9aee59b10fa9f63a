package org.confocal.xmpp;

/**
 * Counters of one connection since its start.
 *
 * @param disconnects streams that ended other than by {@link XmppConnection#close}
 * @param dropped stanzas that could not be sent
 * @param unparsable well-formed stanzas that could not be read as a stanza
 * @param pendingRequests requests that wait for their answer now
 */
public record ConnectionSnapshot(
        boolean connected,
        long disconnects,
        long received,
        long sent,
        long dropped,
        long unparsable,
        int pendingRequests) {}
