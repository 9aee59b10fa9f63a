package org.confocal.xmpp.stream;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.confocal.xmpp.StanzaLimits;
import org.confocal.xmpp.stream.StreamViolation.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in any split to one element after another. What RFC 6120, section 11.1, forbids (DTDs, entities, comments,
 * processing instructions) ends the stream, as does an element of too many bytes. One that is nested too deep or has too many
 * attributes does not: the server passes such on for any participant, and all conferences would pay for it. Not for use
 * by several threads.
 */
public final class StreamParser {

    public static final String STREAM_NAMESPACE = "http://etherx.jabber.org/streams";
    public static final String CLIENT_NAMESPACE = "jabber:client";

    // The parser keeps every name it has seen, and names come from strangers; beginning anew bounds what they can
    // leave.
    private static final long RENEW_AFTER_BYTES = 16L << 20;

    private final StanzaLimits limits;
    private final String contentNamespace;
    private AsyncXMLStreamReader<AsyncByteArrayFeeder> reader = newReader();
    /** Bytes given to {@link #reader}. */
    private long fed;
    /** Where, in the reader's count, the last complete element ended. */
    private long boundary;

    private XmlElement.@Nullable Builder current;
    private String rootTag = "";
    private boolean closed;

    /**
     * @param contentNamespace of the stanzas on this stream; it is read as {@code jabber:client}, so that those above need to
     *     know only one
     */
    public StreamParser(StanzaLimits limits, String contentNamespace) {
        this.limits = limits;
        this.contentNamespace = contentNamespace;
    }

    /**
     * Takes the next bytes of the stream and hands out what is complete.
     *
     * @throws StreamViolation where the stream must end; nothing may be fed afterwards
     */
    public void feed(byte[] bytes, Consumer<StreamEvent> sink) throws StreamViolation {
        try {
            byte[] rest = bytes;
            while (rest.length > 0) {
                rest = parse(rest, sink);
            }
        } catch (XMLStreamException e) {
            throw new StreamViolation(Condition.NOT_WELL_FORMED, shortened(e.getMessage()));
        } catch (RuntimeException e) {
            // The parser's own way of saying that it does not understand, in some corners.
            throw new StreamViolation(Condition.NOT_WELL_FORMED, shortened(e.toString()));
        }
    }

    /** Returns what is left to be parsed by a renewed parser. */
    private byte[] parse(byte[] bytes, Consumer<StreamEvent> sink) throws XMLStreamException, StreamViolation {
        if (closed) {
            requireBlank(new String(bytes, StandardCharsets.UTF_8));
            return new byte[0];
        }
        reader.getInputFeeder().feedInput(bytes, 0, bytes.length);
        fed += bytes.length;
        while (true) {
            int event = reader.next();
            switch (event) {
                case AsyncXMLStreamReader.EVENT_INCOMPLETE -> {
                    requireSize(fed);
                    return new byte[0];
                }
                case XMLStreamConstants.START_DOCUMENT -> requireUtf8();
                case XMLStreamConstants.START_ELEMENT -> start(sink);
                case XMLStreamConstants.END_ELEMENT -> {
                    if (end(sink) && boundary > RENEW_AFTER_BYTES) {
                        return renew(bytes);
                    }
                    if (closed) {
                        int left =
                                Math.toIntExact(fed - reader.getLocationInfo().getEndingByteOffset());
                        requireBlank(new String(bytes, bytes.length - left, left, StandardCharsets.UTF_8));
                        return new byte[0];
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA -> text();
                case XMLStreamConstants.DTD ->
                    throw new StreamViolation(Condition.RESTRICTED_XML, "a document type declaration");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new StreamViolation(Condition.RESTRICTED_XML, "an entity reference");
                case XMLStreamConstants.COMMENT -> throw new StreamViolation(Condition.RESTRICTED_XML, "a comment");
                case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                    throw new StreamViolation(Condition.RESTRICTED_XML, "a processing instruction");
                default -> throw new StreamViolation(Condition.NOT_WELL_FORMED, "XML event " + event);
            }
        }
    }

    private void start(Consumer<StreamEvent> sink) throws StreamViolation, XMLStreamException {
        if (reader.getDepth() == 1) {
            open(sink);
        } else if (current == null) {
            current = new XmlElement.Builder(startToken(), limits);
        } else {
            current.start(startToken());
        }
    }

    private void open(Consumer<StreamEvent> sink) throws StreamViolation, XMLStreamException {
        if (reader.getAttributeCount() > limits.attributes()) {
            throw new StreamViolation(Condition.POLICY_VIOLATION, reader.getAttributeCount() + " attributes");
        }
        XmlToken.Start root = startToken();
        boundary = reader.getLocationInfo().getEndingByteOffset();
        if (!root.name().equals("stream") || !root.namespace().equals(STREAM_NAMESPACE)) {
            throw new StreamViolation(Condition.INVALID_NAMESPACE, "the stream opens with " + shortened(root.name()));
        }
        if (!rootTag.isEmpty()) {
            return; // renewed: the stream was open before
        }
        StringBuilder tag = new StringBuilder("<").append(root.prefix());
        tag.append(root.prefix().isEmpty() ? "stream" : ":stream");
        for (XmlToken.Declaration declaration : root.declarations()) {
            tag.append(" xmlns").append(declaration.prefix().isEmpty() ? "" : ":" + declaration.prefix());
            tag.append("='").append(XmlText.escape(declaration.uri())).append('\'');
        }
        rootTag = tag.append('>').toString();
        sink.accept(new StreamEvent.Opened(rootAttribute(root, "id"), rootAttribute(root, "from")));
    }

    /** Returns whether an element of the stream ended here. */
    private boolean end(Consumer<StreamEvent> sink) throws StreamViolation, XMLStreamException {
        if (current == null) {
            closed = true;
            sink.accept(new StreamEvent.Closed());
            return false;
        }
        current.end();
        if (current.depth() > 0) {
            return false;
        }
        long end = reader.getLocationInfo().getEndingByteOffset();
        requireSize(end);
        boundary = end;
        XmlElement element = current.build();
        current = null;
        sink.accept(new StreamEvent.Received(element));
        return true;
    }

    private void text() throws StreamViolation, XMLStreamException {
        if (current != null) {
            current.text(reader.getText());
            return;
        }
        requireBlank(reader.getText());
        boundary = reader.getLocationInfo().getEndingByteOffset(); // whitespace between stanzas keeps a stream alive
    }

    private byte[] renew(byte[] bytes) throws XMLStreamException, StreamViolation {
        int left = Math.toIntExact(fed - boundary);
        byte[] rest = new byte[left];
        System.arraycopy(bytes, bytes.length - left, rest, 0, left);
        reader = newReader();
        fed = 0;
        parse(rootTag.getBytes(StandardCharsets.UTF_8), event -> {});
        return rest;
    }

    private void requireSize(long until) throws StreamViolation {
        if (until - boundary > limits.stanzaBytes()) {
            throw new StreamViolation(
                    Condition.POLICY_VIOLATION, "a stanza of more than " + limits.stanzaBytes() + " bytes");
        }
    }

    private void requireUtf8() throws StreamViolation {
        String encoding = reader.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            throw new StreamViolation(Condition.BAD_FORMAT, "the encoding is not UTF-8");
        }
    }

    private static void requireBlank(String text) throws StreamViolation {
        if (!text.isBlank()) {
            throw new StreamViolation(Condition.BAD_FORMAT, "text between stanzas");
        }
    }

    private XmlToken.Start startToken() {
        List<XmlToken.Attribute> attributes = new ArrayList<>(reader.getAttributeCount());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.add(new XmlToken.Attribute(
                    reader.getAttributeLocalName(i),
                    orEmpty(reader.getAttributeNamespace(i)),
                    orEmpty(reader.getAttributePrefix(i)),
                    reader.getAttributeValue(i)));
        }
        List<XmlToken.Declaration> declarations = new ArrayList<>(reader.getNamespaceCount());
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            declarations.add(new XmlToken.Declaration(
                    orEmpty(reader.getNamespacePrefix(i)), orEmpty(reader.getNamespaceURI(i))));
        }
        String namespace = orEmpty(reader.getNamespaceURI());
        return new XmlToken.Start(
                reader.getLocalName(),
                namespace.equals(contentNamespace) ? CLIENT_NAMESPACE : namespace,
                orEmpty(reader.getPrefix()),
                List.copyOf(attributes),
                List.copyOf(declarations));
    }

    private static Optional<String> rootAttribute(XmlToken.Start root, String name) {
        return root.attributes().stream()
                .filter(attribute ->
                        attribute.namespace().isEmpty() && attribute.name().equals(name))
                .map(XmlToken.Attribute::value)
                .findFirst();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String shortened(@Nullable String text) {
        String line = orEmpty(text).replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200);
    }

    private static AsyncXMLStreamReader<AsyncByteArrayFeeder> newReader() {
        // A factory of its own: factories share their readers' names.
        return new InputFactoryImpl().createAsyncForByteArray();
    }
}
