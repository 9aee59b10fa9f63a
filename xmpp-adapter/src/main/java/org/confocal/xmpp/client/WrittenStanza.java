package org.confocal.xmpp.client;

import org.confocal.xmpp.stream.StanzaWriter;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.XmlEnvironment;

/**
 * A stanza as a component would write it. Smack's own way through its socket writer leaves out the namespace of a child
 * that has the same one as its sibling before: the text of an error then stands in {@code jabber:client}, where no client
 * looks for it (RFC 6120, section 8.3.2).
 */
final class WrittenStanza extends Stanza {
    private final Stanza stanza;

    WrittenStanza(Stanza stanza) {
        super(stanza);
        this.stanza = stanza;
    }

    @Override
    public String getElementName() {
        return stanza.getElementName();
    }

    /** @return a string, which Smack writes as it is */
    @Override
    public String toXML(XmlEnvironment enclosing) {
        return StanzaWriter.write(stanza);
    }

    @Override
    public String toString() {
        return stanza.toString();
    }
}
