package org.confocal.xmpp.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.confocal.xmpp.ConnectionSnapshot;
import org.confocal.xmpp.Handover;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.StanzaListener;
import org.confocal.xmpp.StateListener;
import org.confocal.xmpp.XmppConnection;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;

/**
 * A connection that may be spoken to before it is started: what a core says while it takes up the conferences of another
 * process waits until then, and leaves in that order. At most {@value #MAX_HELD} stanzas; further ones are dropped, and
 * requests among them not sent. Safe on any thread.
 */
final class HeldConnection implements XmppConnection {
    static final int MAX_HELD = 50_000;

    private final XmppConnection connection;
    private final AtomicBoolean open = new AtomicBoolean();
    // Guarded by itself; nothing is sent under the lock.
    private final Queue<Runnable> held = new ArrayDeque<>();

    HeldConnection(XmppConnection connection) {
        this.connection = connection;
    }

    @Override
    public Jid self() {
        return connection.self();
    }

    /** Starts it, or goes on from where it was prepared; then sends what waits. */
    @Override
    public void start() {
        if (connection instanceof Handover prepared) {
            prepared.takeOver();
        } else {
            connection.start();
        }
        Runnable next = next();
        while (next != null) {
            next.run();
            next = next();
        }
    }

    private @Nullable Runnable next() {
        synchronized (held) {
            Runnable next = held.poll();
            if (next == null) {
                open.set(true);
            }
            return next;
        }
    }

    @Override
    public void send(Stanza stanza) {
        say(() -> connection.send(stanza), () -> {});
    }

    @Override
    public void request(IQ iq, Consumer<IqReply> onReply) {
        say(() -> connection.request(iq, onReply), () -> onReply.accept(new IqReply.NotSent()));
    }

    private void say(Runnable now, Runnable never) {
        switch (open.get() ? Place.THROUGH : place(now)) {
            case THROUGH -> now.run();
            case HELD -> {}
            case FULL -> never.run();
        }
    }

    private enum Place {
        THROUGH,
        HELD,
        FULL
    }

    private Place place(Runnable later) {
        synchronized (held) {
            if (open.get()) {
                return Place.THROUGH;
            }
            if (held.size() >= MAX_HELD) {
                return Place.FULL;
            }
            held.add(later);
            return Place.HELD;
        }
    }

    @Override
    public void expect(String id, Jid to, Consumer<IqReply> onReply) {
        connection.expect(id, to, onReply);
    }

    @Override
    public void listen(StanzaListener listener) {
        connection.listen(listener);
    }

    @Override
    public void onState(StateListener listener) {
        connection.onState(listener);
    }

    @Override
    public boolean isConnected() {
        return connection.isConnected();
    }

    @Override
    public Optional<Duration> held() {
        return connection.held();
    }

    @Override
    public ConnectionSnapshot snapshot() {
        return connection.snapshot();
    }

    @Override
    public void close() {
        connection.close();
    }
}
