package org.confocal.tests.prosody;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.confocal.tests.Cell;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Stanzas;
import org.confocal.tests.xmpp.Stanzas.IqType;
import org.confocal.tests.xmpp.Transcripts;
import org.confocal.tests.xmpp.XmlText;
import org.confocal.tests.xmpp.XmppClient;
import org.confocal.tests.xmpp.XmppClient.Login;

/**
 * Just enough of a focus, in client mode, to make emulators meet: one room, one bridge, no rules. Offers are the recorded
 * one with the bridge's transport put in. Everything happens on the reading thread and goes on when answers come.
 */
final class ScriptedFocus implements AutoCloseable, XmppClient.Handler {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Domains domains;
    private final String room;
    private final Map<String, String> realJids = new ConcurrentHashMap<>();
    private final Map<String, Element> sourcesOf = new ConcurrentHashMap<>();
    private final Cell<Optional<String>> bridge = new Cell<>(Optional.empty());
    private final Cell<List<Element>> requests = new Cell<>(List.of());

    private ScriptedFocus(Domains domains, String room) {
        this.domains = domains;
        this.room = room;
    }

    static XmppClient login(ProsodyConfig prosody, String room) throws IOException {
        ScriptedFocus focus =
                new ScriptedFocus(prosody.domains(), prosody.domains().room(room));
        XmppClient client = XmppClient.connect(
                "127.0.0.1",
                prosody.clientPort(),
                prosody.domains().auth(),
                new Login.Plain(ProsodyConfig.FOCUS_USER, ProsodyConfig.SECRET),
                Optional.of("focus"),
                focus,
                PATIENCE);
        client.send(Element.of("presence", Ns.CLIENT));
        client.send(Stanzas.presence(prosody.domains().brewery() + "/focus").add(Element.of("x", Ns.MUC)));
        client.send(Stanzas.presence(focus.room + "/focus").add(Element.of("x", Ns.MUC)));
        return client;
    }

    @Override
    public void ended(XmppClient client, String reason) {}

    @Override
    public void close() {}

    @Override
    public void received(XmppClient client, Element stanza) {
        String from = stanza.value("from");
        if (stanza.name().equals("presence")) {
            presence(client, from, stanza);
        } else if (Stanzas.isRequest(stanza)) {
            requests.update(
                    before -> java.util.stream.Stream.concat(before.stream(), java.util.stream.Stream.of(stanza))
                            .toList());
            Element payload = stanza.children().getFirst();
            if (payload.is("conference", Ns.FOCUS)) {
                client.send(Stanzas.result(
                        stanza,
                        Element.of("conference", Ns.FOCUS)
                                .with("ready", Boolean.toString(bridge.get().isPresent()))
                                .with("focusjid", Stanzas.bare(client.jid()))
                                .with("room", payload.value("room"))));
            } else if (payload.is("jingle", Ns.JINGLE)) {
                jingle(client, stanza, payload);
            } else {
                client.send(Stanzas.result(stanza));
            }
        }
    }

    private void presence(XmppClient client, String from, Element presence) {
        if (from.startsWith(domains.brewery() + "/")
                && presence.child("stats", Ns.COLIBRI).isPresent()) {
            bridge.set(Optional.of(from));
        }
        String nick = Stanzas.resource(from);
        boolean person = Stanzas.bare(from).equals(room) && !nick.equals("focus");
        if (person && presence.value("type").isEmpty() && realJids.putIfAbsent(nick, from) == null) {
            allocate(client, nick);
        }
    }

    private void allocate(XmppClient client, String nick) {
        Element modify = XmlText.parse("<conference-modify xmlns='jitsi:colibri2' meeting-id='m' name='" + room + "'"
                + (realJids.size() == 1 ? " create='true'" : "") + "><endpoint id='" + nick
                + "' create='true'><transport ice-controlling='true'/><sources/><capability name='source-names'/>"
                + "</endpoint></conference-modify>");
        var unused = client.request(Stanzas.iq(IqType.GET, bridge.get().orElseThrow(), modify), PATIENCE)
                .thenAccept(answer -> offer(client, nick, answer));
    }

    private void offer(XmppClient client, String nick, Element answer) {
        Element transport = answer.deep("transport", Ns.ICE).findFirst().orElseThrow();
        Element recorded = Transcripts.stanzas("A-2clients-client1.session.xml")
                .getFirst()
                .children()
                .getFirst();
        Element offer = replace(recorded, transport).with("sid", "sid-" + nick);
        var unused = client.request(Stanzas.iq(IqType.SET, room + "/" + nick, offer), PATIENCE);
    }

    private static Element replace(Element element, Element transport) {
        if (element.is("transport", Ns.ICE)) {
            return transport;
        }
        return new Element(
                element.name(),
                element.namespace(),
                element.attributes(),
                element.children().stream()
                        .map(child -> replace(child, transport))
                        .toList(),
                element.text());
    }

    private void jingle(XmppClient client, Element iq, Element jingle) {
        client.send(Stanzas.result(iq));
        String nick = Stanzas.resource(iq.value("from"));
        String action = jingle.value("action");
        if (!action.equals("session-accept") && !action.equals("source-add")) {
            return;
        }
        Element audio = jingle.deep("source", Ns.SSMA)
                .filter(source -> source.value("name").contains("-a") || action.equals("source-add"))
                .findFirst()
                .orElseThrow();
        String kind = action.equals("source-add") ? "[[S],[],[]]" : "[[],[],[S]]";
        String json = "{\"sources\":{\"" + nick + "\":"
                + kind.replace("S", "{\"s\":" + audio.value("ssrc") + ",\"n\":\"" + audio.value("name") + "\"}") + "}}";
        Element message = Element.of("json-message", Ns.JITMEET).text(json);
        realJids.keySet().stream()
                .filter(other -> !other.equals(nick) && sourcesOf.containsKey(other))
                .forEach(other -> tell(client, other, message));
        if (action.equals("session-accept")) {
            sourcesOf.forEach((other, sources) -> tell(client, nick, sources));
            sourcesOf.put(nick, message);
        }
    }

    private void tell(XmppClient client, String nick, Element message) {
        Element add = Element.of("jingle", Ns.JINGLE)
                .with("action", "source-add")
                .with("sid", "sid-" + nick)
                .add(message);
        var unused = client.request(Stanzas.iq(IqType.SET, room + "/" + nick, add), PATIENCE);
    }
}
