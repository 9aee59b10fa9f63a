package org.confocal.xmpp.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.confocal.xmpp.StanzaLimits;
import org.confocal.xmpp.stream.StreamViolation.Condition;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jspecify.annotations.Nullable;

/** Reads one element from a parser that somebody else drives, within the same limits as {@link StreamParser}. */
public final class XmlRecorder {

    private XmlRecorder() {}

    /**
     * @param parser on a start tag; afterwards on its end tag
     * @throws StreamViolation for what RFC 6120, section 11.1, forbids
     */
    public static XmlElement record(XmlPullParser parser, StanzaLimits limits)
            throws StreamViolation, IOException, XmlPullParserException {
        XmlElement.Builder element = new XmlElement.Builder(startToken(parser), limits);
        while (element.depth() > 0) {
            switch (parser.next()) {
                case START_ELEMENT -> element.start(startToken(parser));
                case END_ELEMENT -> element.end();
                case TEXT_CHARACTERS, IGNORABLE_WHITESPACE -> element.text(orEmpty(parser.getText()));
                case END_DOCUMENT -> throw new StreamViolation(Condition.NOT_WELL_FORMED, "the stream breaks off");
                default -> throw new StreamViolation(Condition.RESTRICTED_XML, "neither tag nor text in a stanza");
            }
        }
        return element.build();
    }

    private static XmlToken.Start startToken(XmlPullParser parser) throws XmlPullParserException {
        List<XmlToken.Attribute> attributes = new ArrayList<>(parser.getAttributeCount());
        for (int i = 0; i < parser.getAttributeCount(); i++) {
            attributes.add(new XmlToken.Attribute(
                    parser.getAttributeName(i),
                    orEmpty(parser.getAttributeNamespace(i)),
                    orEmpty(parser.getAttributePrefix(i)),
                    parser.getAttributeValue(i)));
        }
        List<XmlToken.Declaration> declarations = new ArrayList<>(parser.getNamespaceCount());
        for (int i = 0; i < parser.getNamespaceCount(); i++) {
            declarations.add(new XmlToken.Declaration(
                    orEmpty(parser.getNamespacePrefix(i)), orEmpty(parser.getNamespaceUri(i))));
        }
        return new XmlToken.Start(
                parser.getName(),
                orEmpty(parser.getNamespace()),
                orEmpty(parser.getPrefix()),
                List.copyOf(attributes),
                List.copyOf(declarations));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
