package org.confocal.xmpp;

import java.util.List;

/**
 * How the focus describes itself to who asks (spec/01, section 3).
 *
 * @param node of the caps (XEP-0115)
 * @param features in any order
 */
public record FocusIdentity(
        String category, String type, String name, String node, List<String> features, String version) {

    // Jicofo lists what its library could do, file transfer included; we list what is answered.
    private static final List<String> FEATURES = List.of(
            "http://jabber.org/protocol/caps",
            "http://jabber.org/protocol/disco#info",
            "http://jabber.org/protocol/disco#items",
            "http://jabber.org/protocol/muc",
            "https://jitsi.org/meet/jicofo/terminate-restart",
            "jabber:iq:version",
            "urn:xmpp:ping");

    public FocusIdentity {
        features = features.stream().distinct().sorted().toList();
    }

    public static FocusIdentity of(String version) {
        return new FocusIdentity("client", "pc", "Confocal", "https://confocal.org/focus", FEATURES, version);
    }
}
