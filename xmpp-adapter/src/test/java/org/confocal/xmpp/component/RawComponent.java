package org.confocal.xmpp.component;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.confocal.xmpp.ScriptedServer.Peer;
import org.confocal.xmpp.TestProsody;

/** The component {@code focus.localhost} on a plain socket, that says what a test says. */
final class RawComponent implements AutoCloseable {
    static final String SELF = "focus@focus.localhost/focus";

    private final Peer peer;
    private final String streamId;

    private RawComponent(int port) {
        peer = Peer.to(port);
        peer.say("<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams'"
                + " to='focus.localhost'>");
        streamId = peer.hear("<stream:stream[^>]* id=['\"]([^'\"]*)['\"][^>]*>").group(1);
    }

    /** The server's header is there, nothing is proven. */
    static RawComponent opened(TestProsody prosody) {
        return new RawComponent(prosody.componentPort());
    }

    /** Authenticated; the server is not asked to hold anything. */
    static RawComponent plain(TestProsody prosody) {
        RawComponent component = opened(prosody);
        component.prove("", TestProsody.COMPONENT_SECRET);
        component.peer.hear("<handshake");
        return component;
    }

    void prove(String attributes, String secret) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((streamId + secret).getBytes(StandardCharsets.UTF_8));
            peer.say("<handshake" + attributes + ">" + HexFormat.of().formatHex(digest) + "</handshake>");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks for a held stream; returns its id. */
    String enable() {
        peer.say("<iq type='set' id='e' from='focus.localhost' to='focus.localhost'><enable xmlns='" + Hold.NAMESPACE
                + "'/></iq>");
        return peer.hear("<enabled [^>]*id=['\"]([^'\"]*)['\"].*?</iq>").group(1);
    }

    /** Proves itself and asks for that stream in one breath. */
    void askToResume(String id, long handled, String secret) {
        prove(" xmlns:hold='" + Hold.NAMESPACE + "' hold:resume='" + id + "'", secret);
        peer.say("<iq type='set' id='r' from='focus.localhost' to='focus.localhost'><resume xmlns='" + Hold.NAMESPACE
                + "' id='" + id + "' h='" + handled + "'/></iq>");
    }

    /** A connection that goes on with that stream; returns what the server has got of it. */
    long resume(String id, long handled) {
        askToResume(id, handled, TestProsody.COMPONENT_SECRET);
        return Long.parseLong(
                peer.hear("<resumed [^>]*h=['\"](\\d+)['\"].*?</iq>").group(1));
    }

    /** What the server says it has got. */
    long count() {
        peer.say("<r xmlns='" + Hold.NAMESPACE + "'/>");
        return Long.parseLong(peer.hear("<a [^>]*h=['\"](\\d+)['\"]").group(1));
    }

    /** The focus enters a room, as two counted stanzas (the second unlocks it), and hears that it is in. */
    void enter(String room) {
        peer.say("<presence from='" + SELF + "' to='" + room
                + "/focus'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
        peer.hear("status [^>]*code=['\"]110['\"].*?</presence>");
        peer.say(
                "<iq type='set' id='o' from='" + SELF + "' to='" + room
                        + "'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'/></query></iq>");
        peer.hear("<iq [^>]*id=['\"]o['\"]");
    }

    /** The body of the next message. */
    String body() {
        return peer.hear("<message [^>]*>.*?<body>([^<]*)</body>.*?</message>").group(1);
    }

    Peer peer() {
        return peer;
    }

    /** Its process is killed: the socket closes, and nothing is said. */
    void drop() {
        peer.close();
    }

    @Override
    public void close() {
        peer.close();
    }
}
