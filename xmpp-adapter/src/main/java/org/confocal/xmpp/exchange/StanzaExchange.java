package org.confocal.xmpp.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.confocal.xmpp.ConnectionSnapshot;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.StanzaIds;
import org.confocal.xmpp.StanzaListener;
import org.confocal.xmpp.StateListener;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.confocal.xmpp.stream.StanzaReading;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings stanzas to those who wait for them and answers what nobody else does. Incoming calls run on the connection's one
 * thread, outgoing ones on any.
 */
public final class StanzaExchange {

    private static final Logger LOG = LoggerFactory.getLogger(StanzaExchange.class);

    private final Supplier<? extends Jid> self;
    private final ScheduledExecutorService thread;
    private final Link link;
    private final SelfDescription description;
    private final PendingRequests pending;
    private final List<StanzaListener> listeners = new CopyOnWriteArrayList<>();
    private final List<StateListener> stateListeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean connected = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LogBudget log = new LogBudget(20);
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder unparsable = new LongAdder();
    private final LongAdder disconnects = new LongAdder();

    public StanzaExchange(
            Supplier<? extends Jid> self,
            ScheduledExecutorService thread,
            Duration replyTimeout,
            int maxPending,
            FocusIdentity identity,
            Link link) {
        this.self = self;
        this.thread = thread;
        this.link = link;
        this.description = new SelfDescription(identity);
        this.pending = new PendingRequests(thread, replyTimeout, maxPending, self);
    }

    // --- outgoing, any thread ---

    public void send(Stanza stanza) {
        prepare(stanza);
        offer(stanza, () -> {});
    }

    public void request(IQ iq, Consumer<IqReply> onReply) {
        if (!iq.isRequestIQ()) {
            throw new IllegalArgumentException("not a request: an IQ of type " + iq.getType());
        }
        if (iq.hasStanzaIdSet() && pending.contains(iq.getStanzaId())) {
            iq.setStanzaId(StanzaIds.next());
        }
        prepare(iq);
        Consumer<IqReply> guarded = guarded(onReply);
        if (pending.add(iq.getStanzaId(), Optional.ofNullable(iq.getTo()), guarded)) {
            offer(iq, () -> pending.notSent(iq.getStanzaId()));
            if (closed.get()) {
                pending.notSent(iq.getStanzaId()); // added too late for close() to find
            }
        } else {
            dropped.increment();
            execute(() -> guarded.accept(new IqReply.NotSent()));
        }
    }

    /** Waits for the answer to a request that was sent before this process was there. */
    public void expect(String id, Jid to, Consumer<IqReply> onReply) {
        Consumer<IqReply> guarded = guarded(onReply);
        if (!pending.add(id, Optional.of(to), guarded)) {
            execute(() -> guarded.accept(new IqReply.ConnectionLost()));
        }
    }

    private Consumer<IqReply> guarded(Consumer<IqReply> onReply) {
        return reply -> guard("a reply's callback", () -> onReply.accept(reply));
    }

    public void listen(StanzaListener listener) {
        listeners.add(listener);
    }

    public void onState(StateListener listener) {
        stateListeners.add(listener);
    }

    public boolean isConnected() {
        return connected.get();
    }

    public ConnectionSnapshot snapshot() {
        return new ConnectionSnapshot(
                isConnected(),
                disconnects.sum(),
                received.sum(),
                sent.sum(),
                dropped.sum(),
                unparsable.sum(),
                pending.size());
    }

    private void prepare(Stanza stanza) {
        if (!stanza.hasStanzaIdSet()) {
            stanza.setStanzaId(StanzaIds.next());
        }
        if (stanza.getFrom() == null) {
            stanza.setFrom(self.get());
        }
        description.describe(stanza);
    }

    private void offer(Stanza stanza, Runnable onFailure) {
        sent.increment();
        link.offer(stanza, () -> {
            sent.decrement();
            dropped.increment();
            onFailure.run();
        });
    }

    // --- incoming, the connection's thread ---

    /** Whether an answer with this id is waited for. Any thread. */
    public boolean waitsFor(String id) {
        return pending.contains(id);
    }

    /** Takes one stanza, or what could not be read as one. */
    public void received(StanzaReading reading) {
        received.increment();
        switch (reading) {
            case StanzaReading.Parsed parsed -> received(parsed.stanza());
            case StanzaReading.Unparsable unparsed -> {
                unparsable.increment();
                log.log(more -> LOG.warn("dropped an unreadable stanza: {} ({} more)", unparsed.reason(), more));
                unparsed.reply().ifPresent(this::send);
                unparsed.answer().ifPresent(pending::answered);
            }
        }
    }

    private void received(Stanza stanza) {
        if (!(stanza instanceof IQ iq)) {
            for (StanzaListener listener : listeners) {
                guard("a stanza listener", () -> listener.onStanza(stanza));
            }
        } else if (iq.isRequestIQ()) {
            answer(iq);
        } else if (!pending.answered(iq)) {
            LOG.debug("nobody waits for the answer {} from {}", iq.getStanzaId(), iq.getFrom());
        }
    }

    private void answer(IQ request) {
        var known = description.answer(request);
        if (known.isPresent()) {
            send(known.get());
            return;
        }
        for (StanzaListener listener : listeners) {
            StanzaListener.Verdict verdict;
            try {
                verdict = listener.onStanza(request);
            } catch (RuntimeException e) {
                log.log(more -> LOG.error("handling an IQ failed ({} more)", more, e));
                refuse(request, StanzaError.Condition.internal_server_error);
                return;
            }
            if (verdict == StanzaListener.Verdict.TAKEN) {
                return;
            }
        }
        refuse(request, StanzaError.Condition.service_unavailable);
    }

    /** Without the request: Smack's copy of one that it could not parse is not well-formed, and the server ends the stream. */
    private void refuse(IQ request, StanzaError.Condition condition) {
        ErrorIQ error = ErrorIQ.builder(
                        StanzaError.getBuilder(condition).build(),
                        StanzaBuilder.buildIqData(request.getStanzaId()).ofType(IQ.Type.error))
                .build();
        error.setTo(request.getFrom());
        error.setFrom(request.getTo());
        send(error);
    }

    /** Says what became of the stream. */
    public void state(ConnectionState state) {
        connected.set(state != ConnectionState.DISCONNECTED);
        if (state == ConnectionState.DISCONNECTED && !closed.get()) {
            disconnects.increment();
        }
        for (StateListener listener : stateListeners) {
            guard("a state listener", () -> listener.onState(state));
        }
    }

    /** From here on nothing is sent, and what waits for an answer waits no longer. */
    public void close() {
        closed.set(true);
        if (connected.get()) {
            state(ConnectionState.DISCONNECTED);
        }
        forgetRequests();
    }

    /** Nothing that was asked on this stream will be answered any more. */
    public void forgetRequests() {
        pending.connectionLost();
    }

    private void guard(String what, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.log(more -> LOG.error("{} failed ({} more)", what, more, e));
        }
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            task.run(); // closed: there is no thread of the connection any more
        }
    }
}
