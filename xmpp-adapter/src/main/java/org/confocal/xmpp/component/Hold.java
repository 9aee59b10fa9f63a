package org.confocal.xmpp.component;

import java.time.Duration;
import java.util.Optional;
import org.confocal.xmpp.stream.StreamParser;
import org.confocal.xmpp.stream.XmlElement;
import org.confocal.xmpp.stream.XmlText;

/**
 * What is said to {@code mod_confocal_hold}, the Prosody module that does for a component what XEP-0198 does for a client;
 * the module's head describes it. Requests go to the component's own domain, so that a server without the module brings them
 * back as it does with any stanza for the component.
 */
final class Hold {

    static final String NAMESPACE = "urn:confocal:hold:1";

    private static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    private static final long COUNTS = 1L << 32;

    private Hold() {}

    /**
     * The wish to go on with a stream.
     *
     * @param handled how many stanzas of it have come in for good, modulo 2^32
     */
    record Resumption(String id, long handled) {}

    /** What the server does with the stream from now on. */
    sealed interface Answer {

        /**
         * A fresh stream, counted from now on.
         *
         * @param hold how long it is held when the connection is lost
         */
        record Enabled(String id, Duration hold) implements Answer {}

        /**
         * The stream that was asked for goes on.
         *
         * @param handled how many stanzas the server has of it, modulo 2^32
         */
        record Resumed(long handled) implements Answer {}

        /** What was asked for is not done. */
        record Refused(String condition) implements Answer {}

        /** Nobody there holds streams. */
        record Unknown() implements Answer {}
    }

    /** The handshake; naming the stream that is to be resumed makes way for this connection where another one has it. */
    static String handshake(String proof, Optional<Resumption> resumption) {
        String attributes = resumption
                .map(asked -> " xmlns:hold='" + NAMESPACE + "' hold:resume='" + XmlText.escape(asked.id()) + "'")
                .orElse("");
        return "<handshake" + attributes + ">" + proof + "</handshake>";
    }

    static String enable(String iqId, String domain) {
        return request(iqId, domain, "<enable xmlns='" + NAMESPACE + "'/>");
    }

    static String resume(String iqId, String domain, Resumption resumption) {
        return request(
                iqId,
                domain,
                "<resume xmlns='" + NAMESPACE + "' id='" + XmlText.escape(resumption.id()) + "' h='"
                        + resumption.handled() + "'/>");
    }

    private static String request(String iqId, String domain, String child) {
        String address = XmlText.escape(domain);
        return "<iq type='set' id='" + XmlText.escape(iqId) + "' from='" + address + "' to='" + address + "'>" + child
                + "</iq>";
    }

    static String ask() {
        return "<r xmlns='" + NAMESPACE + "'/>";
    }

    static String acknowledge(long handled) {
        return "<a xmlns='" + NAMESPACE + "' h='" + handled + "'/>";
    }

    /** The count that this element carries, 0 to 2^32 - 1. */
    static Optional<Long> count(XmlElement element) {
        return element.attribute("h").flatMap(Hold::number).filter(count -> count < COUNTS);
    }

    /** What this says to the request with that id; empty where it is not about it. */
    static Optional<Answer> answer(XmlElement element, String iqId) {
        if (!element.name().equals("iq")
                || !element.namespace().equals(StreamParser.CLIENT_NAMESPACE)
                || element.attribute("id").filter(iqId::equals).isEmpty()) {
            return Optional.empty();
        }
        return switch (element.attribute("type").orElse("")) {
            case "result" ->
                Optional.of(result(element.elements().stream()
                        .filter(child -> child.namespace().equals(NAMESPACE))
                        .findFirst()));
            case "error" ->
                Optional.of(new Answer.Refused(element.element("error", StreamParser.CLIENT_NAMESPACE)
                        .flatMap(error -> error.children(STANZA_ERRORS).stream().findFirst())
                        .orElse("undefined-condition")));
            default -> Optional.of(new Answer.Unknown());
        };
    }

    private static Answer result(Optional<XmlElement> child) {
        Optional<String> id = child.flatMap(element -> element.attribute("id"));
        Optional<Long> count = child.flatMap(Hold::count);
        String name = child.map(XmlElement::name).orElse("");
        if (name.equals("resumed") && count.isPresent()) {
            return new Answer.Resumed(count.get());
        }
        if (name.equals("enabled") && id.isPresent()) {
            long seconds = child.flatMap(element -> element.attribute("max"))
                    .flatMap(Hold::number)
                    .orElse(0L);
            return new Answer.Enabled(id.get(), Duration.ofSeconds(seconds));
        }
        return new Answer.Refused("an answer that says nothing");
    }

    private static Optional<Long> number(String text) {
        // Ten digits hold 2^32, and fit.
        return text.matches("[0-9]{1,10}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
