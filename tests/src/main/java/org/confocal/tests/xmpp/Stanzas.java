package org.confocal.tests.xmpp;

import java.util.Optional;

/** IQs and presences, built and answered. Stateless. */
public final class Stanzas {
    private Stanzas() {}

    /** An IQ request without an id: the client that sends it adds one. */
    public static Element iq(IqType type, String to, Element payload) {
        return Element.of("iq", Ns.CLIENT)
                .with("type", type.wire())
                .with("to", to)
                .add(payload);
    }

    /** The two kinds of IQ request. */
    public enum IqType {
        GET,
        SET;

        String wire() {
            return this == GET ? "get" : "set";
        }
    }

    /** Presence to a full address. */
    public static Element presence(String to) {
        return Element.of("presence", Ns.CLIENT).with("to", to);
    }

    /** Whether this is an IQ that wants an answer. */
    public static boolean isRequest(Element stanza) {
        return stanza.name().equals("iq")
                && (stanza.value("type").equals("get") || stanza.value("type").equals("set"));
    }

    /** Whether this answers an IQ. */
    public static boolean isAnswer(Element stanza) {
        return stanza.name().equals("iq")
                && (stanza.value("type").equals("result")
                        || stanza.value("type").equals("error"));
    }

    /** The answer to a request. */
    public static Element result(Element request, Element... payload) {
        return Element.of("iq", Ns.CLIENT)
                .with("type", "result")
                .with("to", request.attribute("from"))
                .with("id", request.value("id"))
                .add(payload);
    }

    /**
     * The error answer to a request (RFC 6120, 8.3).
     *
     * @param type {@code cancel}, {@code modify}, {@code wait} or {@code auth}
     * @param details application specific conditions
     */
    public static Element error(
            Element request, String type, String condition, Optional<String> text, Element... details) {
        Element error = Element.of("error").with("type", type).add(Element.of(condition, Ns.STANZAS));
        if (text.isPresent()) {
            error = error.add(Element.of("text", Ns.STANZAS).text(text.get()));
        }
        return Element.of("iq", Ns.CLIENT)
                .with("type", "error")
                .with("to", request.attribute("from"))
                .with("id", request.value("id"))
                .add(error.add(details));
    }

    /** The defined condition of an error stanza, or empty where it is no error. */
    public static Optional<String> condition(Element stanza) {
        return stanza.each("error")
                .flatMap(error -> error.children().stream())
                .filter(child ->
                        child.namespace().equals(Ns.STANZAS) && !child.name().equals("text"))
                .map(Element::name)
                .findFirst();
    }

    /** Condition and text of an error stanza, for people. */
    public static String describe(Element stanza) {
        String text = stanza.each("error")
                .flatMap(error -> error.each("text"))
                .map(Element::text)
                .findFirst()
                .orElse("");
        return condition(stanza).orElse("no error") + (text.isEmpty() ? "" : " '" + text + "'");
    }

    /** The part of an address behind the first slash, or the empty text. */
    public static String resource(String jid) {
        int slash = jid.indexOf('/');
        return slash < 0 ? "" : jid.substring(slash + 1);
    }

    /** The part of an address before the first slash. */
    public static String bare(String jid) {
        int slash = jid.indexOf('/');
        return slash < 0 ? jid : jid.substring(0, slash);
    }
}
