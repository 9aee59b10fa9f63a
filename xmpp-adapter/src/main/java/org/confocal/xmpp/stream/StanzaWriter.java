package org.confocal.xmpp.stream;

import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.XmlEnvironment;

/** Smack's stanzas to text, for a stream whose header has declared the namespace of stanzas. */
public final class StanzaWriter {

    private static final XmlEnvironment STREAM = XmlEnvironment.builder()
            .withNamespace(StreamParser.CLIENT_NAMESPACE)
            .build();

    private StanzaWriter() {}

    public static String write(Stanza stanza) {
        return stanza.toXML(STREAM).toString();
    }
}
