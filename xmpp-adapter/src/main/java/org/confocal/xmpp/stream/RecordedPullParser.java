package org.confocal.xmpp.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jspecify.annotations.Nullable;

/**
 * Smack's view of an element that was read before, so that a stanza is parsed once, by the parser that enforces the limits.
 * Behaves as Smack's own parsers do: the depth of an end tag is that of its start tag.
 *
 * <p>Smack's parser interface answers null where there is no such thing; here, and only here, so do we.
 */
final class RecordedPullParser implements XmlPullParser {

    private final List<XmlToken> tokens;
    private final Deque<XmlToken.Start> open = new ArrayDeque<>();
    private int position;

    RecordedPullParser(List<XmlToken> tokens) {
        this.tokens = tokens;
        open.push((XmlToken.Start) tokens.getFirst());
    }

    @Override
    public Event getEventType() {
        if (position == tokens.size()) {
            return Event.END_DOCUMENT;
        }
        return switch (tokens.get(position)) {
            case XmlToken.Start start -> Event.START_ELEMENT;
            case XmlToken.Text text -> Event.TEXT_CHARACTERS;
            case XmlToken.End end -> Event.END_ELEMENT;
        };
    }

    @Override
    public Event next() throws XmlPullParserException {
        if (position == tokens.size()) {
            throw new XmlPullParserException("read past the end of the element");
        }
        if (tokens.get(position) instanceof XmlToken.End) {
            open.pop();
        }
        position++;
        if (position < tokens.size() && tokens.get(position) instanceof XmlToken.Start start) {
            open.push(start);
        }
        return getEventType();
    }

    @Override
    public String nextText() throws XmlPullParserException {
        if (getEventType() != Event.START_ELEMENT) {
            throw new XmlPullParserException("text is read from a start tag only");
        }
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (next()) {
                case TEXT_CHARACTERS -> text.append(getText());
                case END_ELEMENT -> {
                    return text.toString();
                }
                default -> throw new XmlPullParserException("an element where only text may be, in " + getName());
            }
        }
    }

    @Override
    public TagEvent nextTag() throws XmlPullParserException {
        Event event = next();
        while (event == Event.TEXT_CHARACTERS && isWhiteSpace()) {
            event = next();
        }
        return switch (event) {
            case START_ELEMENT -> TagEvent.START_ELEMENT;
            case END_ELEMENT -> TagEvent.END_ELEMENT;
            default -> throw new XmlPullParserException("text where only a tag may be");
        };
    }

    @Override
    public int getDepth() {
        return open.size();
    }

    @Override
    @SuppressWarnings("NullAway") // the interface's contract: null where there is no text
    public @Nullable String getText() {
        return position < tokens.size() && tokens.get(position) instanceof XmlToken.Text text ? text.text() : null;
    }

    @Override
    public boolean isWhiteSpace() throws XmlPullParserException {
        if (position < tokens.size() && tokens.get(position) instanceof XmlToken.Text text) {
            return text.text().isBlank();
        }
        throw new XmlPullParserException("not on text");
    }

    @Override
    public String getName() {
        return tag().name();
    }

    @Override
    public String getNamespace() {
        return tag().namespace();
    }

    @Override
    public String getPrefix() {
        return tag().prefix();
    }

    @Override
    public QName getQName() {
        XmlToken.Start tag = tag();
        return new QName(tag.namespace(), tag.name(), tag.prefix());
    }

    @Override
    @SuppressWarnings("NullAway") // the interface's contract: null where the prefix is not declared
    public @Nullable String getNamespace(@Nullable String prefix) {
        String wanted = prefix == null ? XMLConstants.DEFAULT_NS_PREFIX : prefix;
        if (wanted.equals(XMLConstants.XML_NS_PREFIX)) {
            return XMLConstants.XML_NS_URI;
        }
        for (XmlToken.Start start : open) {
            for (XmlToken.Declaration declaration : start.declarations()) {
                if (declaration.prefix().equals(wanted)) {
                    return declaration.uri();
                }
            }
            // A prefix in use without a declaration here is declared further out, perhaps outside of the stanza.
            if (start.prefix().equals(wanted)) {
                return start.namespace();
            }
        }
        return wanted.isEmpty() ? XMLConstants.NULL_NS_URI : null;
    }

    @Override
    public int getNamespaceCount() {
        return tag().declarations().size();
    }

    @Override
    @SuppressWarnings("NullAway") // the interface's contract: null for the default namespace
    public @Nullable String getNamespacePrefix(int index) {
        String prefix = tag().declarations().get(index).prefix();
        return prefix.isEmpty() ? null : prefix;
    }

    @Override
    public String getNamespaceUri(int index) {
        return tag().declarations().get(index).uri();
    }

    @Override
    public int getAttributeCount() {
        return getEventType() == Event.START_ELEMENT ? tag().attributes().size() : 0;
    }

    @Override
    public String getAttributeName(int index) {
        return attribute(index).name();
    }

    @Override
    public String getAttributeNamespace(int index) {
        return attribute(index).namespace();
    }

    @Override
    public QName getAttributeQName(int index) {
        XmlToken.Attribute attribute = attribute(index);
        return new QName(attribute.namespace(), attribute.name(), attribute.prefix());
    }

    @Override
    public String getAttributePrefix(int index) {
        return attribute(index).prefix();
    }

    @Override
    public String getAttributeType(int index) {
        return "CDATA";
    }

    @Override
    public String getAttributeValue(int index) {
        return attribute(index).value();
    }

    @Override
    @SuppressWarnings("NullAway") // the interface's contract: null where there is no such attribute
    public @Nullable String getAttributeValue(@Nullable String namespace, String name) {
        for (XmlToken.Attribute attribute : tag().attributes()) {
            if (attribute.name().equals(name)
                    && (namespace == null || attribute.namespace().equals(namespace))) {
                return attribute.value();
            }
        }
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // the interface's contract: null for an unknown property
    public @Nullable Object getProperty(String name) {
        return null;
    }

    @Override
    public String getInputEncoding() {
        return "UTF-8";
    }

    @Override
    public String getPositionDescription() {
        return "token " + position;
    }

    @Override
    public int getLineNumber() {
        return -1;
    }

    @Override
    public int getColumnNumber() {
        return -1;
    }

    @Override
    public boolean supportsRoundtrip() {
        return false;
    }

    private XmlToken.Start tag() {
        return open.getFirst();
    }

    private XmlToken.Attribute attribute(int index) {
        return tag().attributes().get(index);
    }
}
