package org.confocal.xmpp.codec;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * A stanza as text such that two stanzas that mean the same are equal, and two that do not are not:
 *
 * <ul>
 *   <li>attributes are sorted; namespaces are written out; the stream's namespace counts as none;
 *   <li>siblings of different names have no order between them, those of the same name keep theirs; the exceptions have none
 *       either: properties by their key, and the media of colibri2, whose order is random in the recordings;
 *   <li>left out: ids of stanzas, {@code xml:lang}, the sender of an IQ that Prosody stamps, white space around text, {@code
 *       traceparent} (zeros without tracing), and {@code priority} and caps, which the transport and not the codec adds.
 * </ul>
 */
public final class CanonicalXml {
    private static final Set<String> LEFT_OUT = Set.of("traceparent", "priority", "c", "occupant-id");
    private static final Set<String> UNORDERED = Set.of("property", "media");

    private CanonicalXml() {}

    public static String of(CharSequence xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            Element root = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml.toString())))
                    .getDocumentElement();
            root.removeAttribute("id");
            root.removeAttribute("from");
            StringBuilder out = new StringBuilder();
            write(root, "", out);
            return out.toString();
        } catch (Exception e) {
            throw new IllegalArgumentException(xml.toString(), e);
        }
    }

    private static void write(Element element, String indent, StringBuilder out) {
        out.append(indent).append(element.getLocalName());
        String namespace = element.getNamespaceURI();
        if (namespace != null && !Elements.isStream(namespace)) {
            out.append(" {").append(namespace).append('}');
        }
        attributes(element).forEach(each -> out.append(' ').append(each));
        out.append('\n');
        StringBuilder text = new StringBuilder();
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                if (!LEFT_OUT.contains(child.getLocalName())) {
                    children.add(child);
                }
            } else {
                text.append(node.getTextContent());
            }
        }
        if (!text.toString().isBlank()) {
            out.append(indent).append("  ").append(text.toString().strip()).append('\n');
        }
        children.sort(Comparator.comparing(CanonicalXml::order));
        children.forEach(child -> write(child, indent + "  ", out));
    }

    private static String order(Element element) {
        String name = element.getLocalName();
        return UNORDERED.contains(name) ? name + attributes(element) : name;
    }

    private static Set<String> attributes(Element element) {
        Set<String> attributes = new TreeSet<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Attr attribute = (Attr) element.getAttributes().item(i);
            String name = attribute.getName();
            if (!name.startsWith("xmlns") && !name.equals("xml:lang")) {
                attributes.add(name + "='" + attribute.getValue() + "'");
            }
        }
        return attributes;
    }
}
