package org.confocal.xmpp.codec;

import java.io.IOException;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceIq;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceIqProvider;
import org.jivesoftware.smack.packet.IqData;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.parsing.SmackParsingException;
import org.jivesoftware.smack.provider.IqProvider;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/**
 * Reads conference requests as the library does, and those without a room as well: the library takes them for a broken
 * stanza, so that their sender would not learn what was missing.
 */
public final class LenientConferenceProvider extends IqProvider<ConferenceIq> {
    private final ConferenceIqProvider strict = new ConferenceIqProvider();

    @Override
    public ConferenceIq parse(XmlPullParser parser, int initialDepth, IqData iqData, XmlEnvironment xmlEnvironment)
            throws XmlPullParserException, IOException, SmackParsingException {
        if (parser.getAttributeValue("", ConferenceIq.ROOM_ATTR_NAME) != null) {
            return strict.parse(parser, initialDepth, iqData, xmlEnvironment);
        }
        while (parser.next() != XmlPullParser.Event.END_ELEMENT || parser.getDepth() > initialDepth) {
            // Nothing in it matters without a room.
        }
        return new ConferenceIq();
    }
}
