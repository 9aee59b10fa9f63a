package org.confocal.xmpp.codec;

/** What a peer sent cannot be read; the message is a sentence for that peer. Never leaves this package. */
final class MalformedStanzaException extends Exception {
    private static final long serialVersionUID = 1L;

    /** So long may a part of the peer's text be that is quoted back to it. */
    private static final int MAX_QUOTE = 64;

    MalformedStanzaException(String problem) {
        super(problem);
    }

    /** The problem, as a sentence. */
    String problem() {
        String message = getMessage();
        return message == null ? "malformed stanza" : message;
    }

    /** As much of a peer's text as an error may repeat. */
    static String quote(String text) {
        return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
    }
}
