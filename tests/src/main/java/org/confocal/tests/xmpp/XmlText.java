package org.confocal.tests.xmpp;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Elements to XML text and back. Stateless. */
public final class XmlText {
    private static final int MAX_DEPTH = 64;

    private XmlText() {}

    /** Parses one document, as a test resource holds it. */
    public static Element parse(String xml) {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                // Comments and white space in front of the root.
            }
            return read(reader);
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("not well-formed: " + e.getMessage(), e);
        }
    }

    /** A factory without DTDs and entities, and without the JDK's per-document limits: a stream is one long document. */
    static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.entityExpansionLimit", "0");
        return factory;
    }

    /** Reads the element that the reader stands at the start of; leaves the reader at its end. */
    static Element read(XMLStreamReader reader) throws XMLStreamException {
        return read(reader, 0);
    }

    private static Element read(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw new XMLStreamException("more than " + MAX_DEPTH + " levels");
        }
        String name = reader.getLocalName();
        String namespace = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String prefix = reader.getAttributePrefix(i);
            String key = prefix == null || prefix.isEmpty() ? "" : prefix + ":";
            attributes.put(key + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        List<Element> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(read(reader, depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return new Element(name, namespace, attributes, children, text.toString());
                }
                case XMLStreamConstants.END_DOCUMENT -> throw new XMLStreamException("ended inside " + name);
                default -> {
                    // Comments and processing instructions are no part of XMPP.
                }
            }
        }
    }

    static void write(Element element, String parentNamespace, StringBuilder out) {
        out.append('<').append(element.name());
        if (!element.namespace().isEmpty() && !element.namespace().equals(parentNamespace)) {
            attribute("xmlns", element.namespace(), out);
        }
        element.attributes().forEach((key, value) -> attribute(key, value, out));
        if (element.children().isEmpty() && element.text().isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        escape(element.text(), out);
        String inherited = element.namespace().isEmpty() ? parentNamespace : element.namespace();
        for (Element child : element.children()) {
            write(child, inherited, out);
        }
        out.append("</").append(element.name()).append('>');
    }

    private static void attribute(String key, String value, StringBuilder out) {
        out.append(' ').append(key).append("='");
        escape(value, out);
        out.append('\'');
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '\'' -> out.append("&apos;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }
}
