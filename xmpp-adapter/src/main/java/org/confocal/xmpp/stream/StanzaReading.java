package org.confocal.xmpp.stream;

import java.util.Optional;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.Stanza;

/** What became of an element that ought to be a stanza. */
public sealed interface StanzaReading {

    record Parsed(Stanza stanza) implements StanzaReading {}

    /**
     * Well-formed XML, but not a stanza as the schema has it. The stream lives on.
     *
     * @param reason for the log, at most 300 characters
     * @param reply for an IQ request whose sender can be told
     * @param answer for an IQ result or error: what stands in for it, so that whoever waits need not wait for the timeout
     */
    record Unparsable(String reason, Optional<ErrorIQ> reply, Optional<ErrorIQ> answer) implements StanzaReading {}
}
