package org.confocal.tests.xmpp;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.confocal.tests.Cell;

/**
 * One logged in XMPP session over plaintext TCP. Two virtual threads carry it: one reads stanzas and calls the handler in
 * stream order, one writes. Answers to its own requests complete their futures and do not reach the handler.
 *
 * <p>Bounds: {@value #MAX_PENDING} open requests, each with a time limit; {@value XmppWire#MAX_QUEUED} queued stanzas,
 * past which the connection is closed. White space is sent every {@value XmppWire#KEEPALIVE_SECONDS} seconds.
 */
public final class XmppClient implements AutoCloseable {
    static final int MAX_PENDING = 10_000;

    private final XmppWire wire;
    private final String jid;
    private final Handler handler;
    private final Map<String, CompletableFuture<Element>> pending = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Set<String> givenUp = ConcurrentHashMap.newKeySet();
    private final Cell<Requests> requests = new Cell<>(Requests.NONE);
    private final AtomicBoolean ended = new AtomicBoolean();

    private XmppClient(XmppWire wire, String jid, Handler handler) {
        this.wire = wire;
        this.jid = jid;
        this.handler = handler;
    }

    /** Where to connect to, and how to log in. */
    public sealed interface Login {
        /** SASL ANONYMOUS. */
        record Anonymous() implements Login {}

        /** SASL PLAIN. */
        record Plain(String user, String password) implements Login {}
    }

    /** Called on the reading thread; must not block. */
    public interface Handler {
        /** A stanza that answers no request of this client. Every IQ request must be answered by the handler. */
        void received(XmppClient client, Element stanza);

        /** The stream ended, once, for whatever reason; nothing is received afterwards. */
        void ended(XmppClient client, String reason);
    }

    /**
     * Connects, logs in, binds.
     *
     * @param timeout for the whole of it
     * @throws IOException where that is not possible, in a sentence
     */
    public static XmppClient connect(
            String host,
            int port,
            String domain,
            Login login,
            Optional<String> resource,
            Handler handler,
            Duration timeout)
            throws IOException {
        XmppWire wire = XmppWire.open(host, port, timeout);
        try {
            XmppLogin.Bound bound = XmppLogin.login(wire, domain, login, resource);
            XmppClient client = new XmppClient(wire, bound.jid(), handler);
            wire.run(client::dispatch, client::finish);
            return client;
        } catch (IOException | RuntimeException e) {
            wire.drop();
            throw e;
        }
    }

    /** The full address that the server bound. */
    public String jid() {
        return jid;
    }

    /** Whether the stream is open, as far as this side knows. */
    public boolean isOpen() {
        return !ended.get();
    }

    /** Queues a stanza; it is dropped where the stream has ended. */
    public void send(Element stanza) {
        wire.send(stanza.toXml());
    }

    /** Queues text as it is, well-formed or not. */
    public void sendRaw(String xml) {
        wire.send(xml);
    }

    /**
     * Sends an IQ request under an id of this client's own.
     *
     * @return completes with the answer, a result or an error stanza; exceptionally with {@link TimeoutException} after
     *     {@code timeout} and with {@link IOException} where the stream ended
     */
    public CompletableFuture<Element> request(Element iq, Duration timeout) {
        if (pending.size() >= MAX_PENDING) {
            return CompletableFuture.failedFuture(new IOException("too many open requests"));
        }
        String id = "q" + ids.incrementAndGet();
        CompletableFuture<Element> answer = new CompletableFuture<>();
        pending.put(id, answer);
        if (ended.get()) {
            pending.remove(id);
            return CompletableFuture.failedFuture(new IOException("the stream has ended"));
        }
        requests.update(Requests::withAsked);
        send(iq.with("id", id));
        return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((stanza, failure) -> {
            if (failure instanceof TimeoutException) {
                givenUp.add(id);
                requests.update(Requests::withUnanswered);
            }
            pending.remove(id);
        });
    }

    /** {@link #request} and waiting for it. Not to be called on the reading thread. */
    public Element ask(Element iq, Duration timeout) throws IOException {
        try {
            return request(iq, timeout).get();
        } catch (ExecutionException e) {
            throw new IOException("no answer to " + iq.toXml() + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void dispatch(Element stanza) {
        if (Stanzas.isAnswer(stanza)) {
            CompletableFuture<Element> waiting = pending.remove(stanza.value("id"));
            if (waiting != null) {
                requests.update(before -> before.withAnswer(stanza));
                waiting.complete(stanza);
                return;
            }
            if (asked(stanza.value("id"))) {
                requests.update(Requests::withDoubled);
            }
        }
        handler.received(this, stanza);
    }

    /** Whether that request was sent, and answered before. */
    private boolean asked(String id) {
        if (!id.matches("q[1-9][0-9]{0,9}") || givenUp.contains(id)) {
            return false;
        }
        return Long.parseLong(id.substring(1)) <= ids.get();
    }

    /** What became of its requests so far. */
    public Requests requests() {
        return requests.get();
    }

    private void finish(String reason) {
        if (ended.compareAndSet(false, true)) {
            pending.values().forEach(open -> open.completeExceptionally(new IOException("stream ended: " + reason)));
            pending.clear();
            handler.ended(this, reason);
        }
    }

    /** Ends the stream politely: what is queued is written, then the end of the stream. */
    @Override
    public void close() {
        wire.end();
    }

    /** Closes the socket without a word, as a crash or a lost network does. */
    public void drop() {
        wire.drop();
    }
}
