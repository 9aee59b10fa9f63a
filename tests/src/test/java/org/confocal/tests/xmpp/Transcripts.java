package org.confocal.tests.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Recorded stanzas, and the form in which two conversations can be compared. */
public final class Transcripts {
    /** Attributes that differ from run to run. */
    private static final Set<String> VOLATILE =
            Set.of("ufrag", "pwd", "ssrc", "id", "port", "to", "from", "sid", "responder", "initiator");

    private Transcripts() {}

    /** The stanzas of a resource below {@code transcripts/}, in order. */
    public static List<Element> stanzas(String resource) {
        return document(resource).children();
    }

    /** A resource below {@code transcripts/} that is one element. */
    public static Element document(String resource) {
        try (InputStream in = Transcripts.class.getResourceAsStream("/transcripts/" + resource)) {
            return XmlText.parse(
                    new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with everything that differs from run to run replaced by what it is. */
    public static Element canonical(Element element) {
        Map<String, String> attributes = new LinkedHashMap<>();
        element.attributes().forEach((name, value) -> attributes.put(name, canonical(element, name, value)));
        attributes.remove("xml:lang");
        String text = element.is("fingerprint", Ns.DTLS) ? "FINGERPRINT" : element.text();
        return new Element(
                element.name(),
                element.namespace(),
                attributes,
                element.children().stream().map(Transcripts::canonical).toList(),
                text);
    }

    private static String canonical(Element element, String attribute, String value) {
        if (attribute.equals("url")) {
            return value.replaceFirst("//[^/]+/", "//HOST/")
                    .replaceFirst("/[0-9a-f]{16}/", "/TOKEN/")
                    .replaceFirst("pwd=[A-Za-z0-9]+", "pwd=PWD");
        }
        if (element.name().equals("parameter") && element.value("name").equals("msid") && attribute.equals("value")) {
            return "MSID";
        }
        boolean kept = attribute.equals("id")
                && !element.name().equals("candidate")
                && !element.name().equals("iq");
        return VOLATILE.contains(attribute) && !kept ? attribute : value;
    }
}
