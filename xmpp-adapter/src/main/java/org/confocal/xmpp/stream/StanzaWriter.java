package org.confocal.xmpp.stream;

import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.util.XmlStringBuilder;

/** Smack's stanzas to text, for a stream whose header has declared the namespace of stanzas. */
public final class StanzaWriter {

    private static final XmlEnvironment STREAM = XmlEnvironment.builder()
            .withNamespace(StreamParser.CLIENT_NAMESPACE)
            .build();

    private StanzaWriter() {}

    public static String write(Stanza stanza) {
        CharSequence xml = stanza.toXML(STREAM);
        // toString asks builders within builders for one character after the other, each time from the first part on.
        // toXML
        // does not, but leaves the namespace of an error's text away, as it does not see that the element before it has
        // ended.
        return xml instanceof XmlStringBuilder builder && stanza.getError() == null
                ? builder.toXML(STREAM).toString()
                : xml.toString();
    }
}
