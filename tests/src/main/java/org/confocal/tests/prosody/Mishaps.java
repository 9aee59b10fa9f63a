package org.confocal.tests.prosody;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Stanzas;
import org.confocal.tests.xmpp.Stanzas.IqType;
import org.confocal.tests.xmpp.XmppClient;

/** What befalls the rooms of a running Prosody, by its module {@code mod_mishaps}. Stateless; each takes a login of its own. */
public final class Mishaps {
    private static final String NAMESPACE = "urn:confocal:mishaps";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Mishaps() {}

    /** Throws the focus out of a room. */
    public static void kickFocus(ProsodyConfig prosody, String room) throws IOException {
        happens(prosody, "kick", room, Duration.ZERO);
    }

    /** Takes the ownership of the focus in a room, whole seconds long; whoever joins meanwhile is not owner either. */
    public static void disownFocus(ProsodyConfig prosody, String room, Duration length) throws IOException {
        happens(prosody, "disown", room, length);
    }

    /** The service of all rooms disappears, whole seconds long, and comes back without any room; nobody is told. */
    public static void serviceDown(ProsodyConfig prosody, Duration length) throws IOException {
        happens(prosody, "down", "", length);
    }

    private static void happens(ProsodyConfig prosody, String what, String room, Duration length) throws IOException {
        XmppClient.Handler nobody = new XmppClient.Handler() {
            @Override
            public void received(XmppClient client, Element stanza) {}

            @Override
            public void ended(XmppClient client, String reason) {}
        };
        try (XmppClient client = XmppClient.connect(
                "127.0.0.1",
                prosody.clientPort(),
                prosody.domains().main(),
                new XmppClient.Login.Anonymous(),
                Optional.empty(),
                nobody,
                PATIENCE)) {
            Element mishap = Element.of("mishap", NAMESPACE)
                    .with("what", what)
                    .with("room", prosody.domains().room(room))
                    .with("seconds", Long.toString(length.toSeconds()));
            Element answer = client.ask(Stanzas.iq(IqType.SET, prosody.domains().muc(), mishap), PATIENCE);
            if (Stanzas.condition(answer).isPresent()) {
                throw new IOException(what + " was refused: " + Stanzas.describe(answer));
            }
        }
    }
}
