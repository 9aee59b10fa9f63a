package org.confocal.xmpp.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.confocal.xmpp.IqReply;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;

/**
 * Requests that wait for their answers. Removing the entry is the one thing that decides who calls back, so that it happens
 * exactly once. Any thread; callbacks run on the connection's thread.
 *
 * <p>An answer's callback runs under the answer's receipt. A timeout has none: a process that goes on from this one waits
 * anew for what its core still waits for ({@link #add} without a request), and what else was pending is of no use to it.
 */
final class PendingRequests {

    private final ScheduledExecutorService thread;
    private final Duration timeout;
    private final int bound;
    private final Supplier<? extends Jid> self;
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    private record Entry(
            String id, Optional<Jid> to, Consumer<IqReply> onReply, AtomicReference<@Nullable Future<?>> timer) {}

    PendingRequests(ScheduledExecutorService thread, Duration timeout, int bound, Supplier<? extends Jid> self) {
        this.thread = thread;
        this.timeout = timeout;
        this.bound = bound;
        this.self = self;
    }

    int size() {
        return size.get();
    }

    boolean contains(String id) {
        return entries.containsKey(id);
    }

    /**
     * Waits for an answer with this id.
     *
     * @param to who may give it; empty for the own server or account
     * @return false where there are too many, or where this id is taken
     */
    boolean add(String id, Optional<Jid> to, Consumer<IqReply> onReply) {
        if (size.incrementAndGet() > bound) {
            size.decrementAndGet();
            return false;
        }
        Entry entry = new Entry(id, to, onReply, new AtomicReference<>());
        if (entries.putIfAbsent(entry.id(), entry) != null) {
            size.decrementAndGet();
            return false;
        }
        try {
            entry.timer()
                    .set(thread.schedule(
                            () -> finish(entry, new IqReply.TimedOut()), timeout.toMillis(), TimeUnit.MILLISECONDS));
            return true;
        } catch (RejectedExecutionException e) {
            // The connection is closed.
            if (entries.remove(entry.id(), entry)) {
                size.decrementAndGet();
            }
            return false;
        }
    }

    /** Call on the connection's thread. Returns false for an answer that nobody waits for. */
    boolean answered(IQ answer) {
        String id = answer.getStanzaId();
        Entry entry = id == null ? null : entries.get(id);
        if (entry == null || !isFrom(entry, Optional.ofNullable(answer.getFrom()))) {
            return false;
        }
        var error = answer.getError();
        if (answer.getType() == IQ.Type.result) {
            return finish(entry, new IqReply.Result(answer));
        }
        return finish(
                entry,
                new IqReply.Failed(
                        answer,
                        error != null
                                ? error
                                : StanzaError.getBuilder(StanzaError.Condition.undefined_condition)
                                        .build()));
    }

    /** The request has not left. Any thread. */
    void notSent(String id) {
        Entry entry = entries.get(id);
        if (entry != null) {
            run(() -> finish(entry, new IqReply.NotSent()));
        }
    }

    /** The stream ended for good. Call on the connection's thread. */
    void connectionLost() {
        for (Entry entry : List.copyOf(entries.values())) {
            finish(entry, new IqReply.ConnectionLost());
        }
    }

    private boolean finish(Entry entry, IqReply reply) {
        if (!entries.remove(entry.id(), entry)) {
            return false;
        }
        size.decrementAndGet();
        Future<?> timer = entry.timer().get();
        if (timer != null) {
            timer.cancel(false);
        }
        entry.onReply().accept(reply);
        return true;
    }

    private void run(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            task.run(); // the connection's thread is gone; nobody else can be told in its place
        }
    }

    /** A server answers for itself and for the own account without naming itself (RFC 6120, section 8.1.2.1). */
    private boolean isFrom(Entry entry, Optional<Jid> from) {
        if (entry.to().isPresent() && from.isPresent()) {
            return from.get().equals(entry.to().get());
        }
        Jid me = self.get();
        Optional<Jid> named = entry.to().or(() -> from);
        return named.isEmpty()
                || named.get().equals(me)
                || named.get().equals(me.asBareJid())
                || named.get().equals(me.asDomainBareJid());
    }
}
