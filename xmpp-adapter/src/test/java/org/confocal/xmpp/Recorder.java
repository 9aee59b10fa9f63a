package org.confocal.xmpp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;

/** Remembers what a connection told its listeners, and asks in a blocking way. */
public final class Recorder implements StanzaListener, StateListener {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final BlockingQueue<Stanza> stanzas = new LinkedBlockingQueue<>();
    private final BlockingQueue<ConnectionState> states = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final XmppConnection connection;

    public Recorder(XmppConnection connection) {
        this.connection = connection;
        connection.listen(this);
        connection.onState(this);
    }

    @Override
    public Verdict onStanza(Stanza stanza) {
        threads.add(Thread.currentThread());
        stanzas.add(stanza);
        return Verdict.NOT_MINE;
    }

    @Override
    public void onState(ConnectionState state) {
        threads.add(Thread.currentThread());
        states.add(state);
    }

    /** The threads that called, one entry a call. */
    public List<Thread> threads() {
        return threads;
    }

    public ConnectionState nextState() {
        return next(states);
    }

    public Stanza nextStanza() {
        return next(stanzas);
    }

    /** The next stanza of this type; others before it are skipped. */
    public <S extends Stanza> S next(Class<S> type) {
        Stanza stanza = nextStanza();
        while (!type.isInstance(stanza)) {
            stanza = nextStanza();
        }
        return type.cast(stanza);
    }

    public IqReply ask(IQ iq) {
        CompletableFuture<IqReply> reply = new CompletableFuture<>();
        connection.request(iq, reply::complete);
        try {
            return reply.get(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer to " + iq, e);
        }
    }

    private static <T> T next(BlockingQueue<T> queue) {
        try {
            T head = queue.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            if (head == null) {
                throw new AssertionError("nothing came");
            }
            return head;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
