package org.confocal.xmpp;

import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;

/** How a request ended. */
public sealed interface IqReply {

    /** The addressee answered with a result. */
    record Result(IQ iq) implements IqReply {}

    /**
     * The addressee, or a server on the way, answered with an error.
     *
     * @param iq the answer
     */
    record Failed(IQ iq, StanzaError error) implements IqReply {}

    /** No answer within the reply timeout; one that comes later is dropped. */
    record TimedOut() implements IqReply {}

    /**
     * It was sent, and the stream ended before an answer. Says nothing about the addressee: a bridge is not to be
     * suspected for it.
     */
    record ConnectionLost() implements IqReply {}

    /** It never left: there was no stream, or too many requests were pending. */
    record NotSent() implements IqReply {}
}
