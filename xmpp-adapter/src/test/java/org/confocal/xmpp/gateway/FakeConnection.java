package org.confocal.xmpp.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.confocal.xmpp.ConnectionSnapshot;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.StanzaListener;
import org.confocal.xmpp.StateListener;
import org.confocal.xmpp.XmppConnection;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

/** A connection that keeps what is sent, and on which the test is the server. */
final class FakeConnection implements XmppConnection {
    /** A request that waits for its answer. */
    record Asked(IQ iq, Consumer<IqReply> onReply) {}

    final List<Stanza> sent = new ArrayList<>();
    final List<Asked> asked = new ArrayList<>();
    /** Whose answers are expected without having been asked for here, by the requests' ids. */
    final Map<String, Consumer<IqReply>> expected = new HashMap<>();

    private final List<StanzaListener> listeners = new ArrayList<>();
    private final List<StateListener> stateListeners = new ArrayList<>();
    private final Jid self = JidCreate.fromOrThrowUnchecked("focus@auth.meet.jitsi/focus");
    boolean connected;
    boolean closed;

    @Override
    public Jid self() {
        return self;
    }

    /** What becomes of the stream at once on {@link #start}. */
    Optional<StateListener.ConnectionState> onStart = Optional.of(StateListener.ConnectionState.CONNECTED);

    @Override
    public void start() {
        onStart.ifPresent(this::state);
    }

    void state(StateListener.ConnectionState state) {
        connected = state != StateListener.ConnectionState.DISCONNECTED;
        stateListeners.forEach(each -> each.onState(state));
    }

    @Override
    public void send(Stanza stanza) {
        sent.add(stanza);
    }

    @Override
    public void request(IQ iq, Consumer<IqReply> onReply) {
        asked.add(new Asked(iq, onReply));
    }

    @Override
    public void expect(String id, Jid to, Consumer<IqReply> onReply) {
        expected.put(id, onReply);
    }

    /** Answers the oldest request of that class. */
    void reply(Class<? extends IQ> type, IqReply reply) {
        Asked first = asked.stream()
                .filter(each -> type.isInstance(each.iq()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody asked for " + type + " but " + asked));
        asked.remove(first);
        first.onReply().accept(reply);
    }

    /** Brings a stanza to all listeners, and says who took it. */
    StanzaListener.Verdict receive(Stanza stanza) {
        StanzaListener.Verdict verdict = StanzaListener.Verdict.NOT_MINE;
        for (StanzaListener listener : listeners) {
            StanzaListener.Verdict each = listener.onStanza(stanza);
            if (each == StanzaListener.Verdict.TAKEN) {
                verdict = each;
            }
        }
        return verdict;
    }

    List<Presence> presences() {
        return sent.stream()
                .filter(Presence.class::isInstance)
                .map(Presence.class::cast)
                .toList();
    }

    Presence lastPresence() {
        List<Presence> all = presences();
        return all.get(all.size() - 1);
    }

    @Override
    public void listen(StanzaListener listener) {
        listeners.add(listener);
    }

    @Override
    public void onState(StateListener listener) {
        stateListeners.add(listener);
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    /** Without saying how long. */
    @Override
    public Optional<Duration> held() {
        return Optional.of(Duration.ZERO);
    }

    @Override
    public ConnectionSnapshot snapshot() {
        return new ConnectionSnapshot(connected, 0, 0, sent.size(), 0, 0, asked.size());
    }

    @Override
    public void close() {
        closed = true;
    }
}
