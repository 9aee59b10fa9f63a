package org.confocal.tests.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;

/** Which generation of client this is: how it wants to learn of the sources of others. */
public enum ClientKind {
    /** Not from the focus at all: the bridge rewrites SSRCs. */
    REWRITING,
    /** As JSON. */
    JSON,
    /** As XML. */
    XML;

    static final String NODE = "https://jitsi.org/jitsi-meet";
    private static final String JSON_SOURCES = "http://jitsi.org/json-encoded-sources";
    private static final String SSRC_REWRITING = "http://jitsi.org/ssrc-rewriting-1";

    /** What a browser advertises, in the recorded order (spec/07, 8), without the two that make the kinds. */
    private static final List<String> COMMON = List.of(
            "http://jabber.org/protocol/caps",
            "http://jitsi.org/receive-multiple-video-streams",
            "http://jitsi.org/remb",
            "http://jitsi.org/source-name",
            "http://jitsi.org/start-muted-room-metadata",
            "http://jitsi.org/tcc",
            "http://jitsi.org/visitors-1",
            "urn:ietf:rfc:4588",
            "urn:xmpp:jingle:1",
            "urn:xmpp:jingle:apps:dtls:0",
            "urn:xmpp:jingle:apps:rtp:1",
            "urn:xmpp:jingle:apps:rtp:audio",
            "urn:xmpp:jingle:apps:rtp:video",
            "urn:xmpp:jingle:transports:dtls-sctp:1",
            "urn:xmpp:jingle:transports:ice-udp:1",
            "urn:xmpp:rayo:client:1");

    /** The features it advertises, sorted. */
    public List<String> features() {
        Stream<String> own = switch (this) {
            case REWRITING -> Stream.of(JSON_SOURCES, SSRC_REWRITING);
            case JSON -> Stream.of(JSON_SOURCES);
            case XML -> Stream.of();
        };
        return Stream.concat(COMMON.stream(), own).sorted().toList();
    }

    /** The hash of the features (XEP-0115, 5.1; no identities, as the library has none). */
    public String verification() {
        String text = String.join("<", features()) + "<";
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    Element caps() {
        return Element.of("c", Ns.CAPS)
                .with("node", NODE)
                .with("ver", verification())
                .with("hash", "sha-1");
    }

    Element discoInfo(Element query) {
        return Element.of("query", Ns.DISCO_INFO)
                .with("node", query.attribute("node"))
                .add(features().stream()
                        .map(feature -> Element.of("feature").with("var", feature))
                        .toList());
    }
}
