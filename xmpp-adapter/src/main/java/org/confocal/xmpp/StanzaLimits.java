package org.confocal.xmpp;

/**
 * What a stream may ask of the focus. A stanza of too many bytes ends the stream with policy-violation; one with too many
 * attributes or levels is refused like any that cannot be read.
 *
 * @param stanzaBytes size of one inbound stanza in UTF-8
 * @param depth elements within each other, the stanza itself included
 * @param attributes per element
 * @param outboundBytes written and not yet taken by the server; beyond it the stream is given up and begun anew, because a
 *     stream with a hole in the middle would be worse
 * @param pendingRequests requests without an answer
 */
public record StanzaLimits(int stanzaBytes, int depth, int attributes, int outboundBytes, int pendingRequests) {

    public static final StanzaLimits DEFAULT = new StanzaLimits(4 << 20, 64, 256, 64 << 20, 50_000);

    public StanzaLimits {
        atLeast("stanzaBytes", stanzaBytes, 10_000); // RFC 6120, section 13.12
        atLeast("depth", depth, 16);
        atLeast("attributes", attributes, 16);
        atLeast("outboundBytes", outboundBytes, 10_000);
        atLeast("pendingRequests", pendingRequests, 1);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", must be at least " + least);
        }
    }
}
