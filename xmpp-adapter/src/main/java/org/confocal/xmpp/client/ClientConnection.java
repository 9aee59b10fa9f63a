package org.confocal.xmpp.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.confocal.xmpp.ConnectionSnapshot;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StanzaListener;
import org.confocal.xmpp.StateListener;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.exchange.Backoff;
import org.confocal.xmpp.exchange.KeepAlive;
import org.confocal.xmpp.exchange.StanzaExchange;
import org.confocal.xmpp.stream.StanzaReading;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The focus logged in as a client (spec/01, sections 1 and 2). Two threads of its own: one calls the listeners and keeps the
 * timers, the other connects, and hands Smack what is to be sent, waiting where Smack makes it wait.
 *
 * <p>A lost stream is resumed (XEP-0198) where the server allows it; until it is known whether that works, what is sent waits
 * here in order.
 */
public final class ClientConnection implements XmppConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 200;
    /** Stanzas read and not yet handled; beyond it Smack's reader waits, and with it the server. */
    private static final int INBOUND_BOUND = 10_000;

    private final ClientConfig config;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicReference<@Nullable Thread> listening = new AtomicReference<>();
    private final Thread worker;
    private final StanzaExchange exchange;
    private final KeepAlive keepAlive;
    private final Backoff backoff;
    private final OutboundQueue outbound =
            new OutboundQueue(() -> abandon("the server does not take what is sent to it"));
    private final Semaphore inbound = new Semaphore(INBOUND_BOUND);
    private final AtomicReference<Jid> self;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable SmackStream> stream = new AtomicReference<>();
    /** Why the present stream is over; empty while it is not. */
    private final AtomicReference<Optional<String>> broken = new AtomicReference<>(Optional.of("not connected"));
    /** Whether the stream may be resumed; not where something was lost on the way to it. */
    private final AtomicBoolean resumable = new AtomicBoolean();

    private String lastComplaint = ""; // of the worker only

    /** @param random for the jitter between attempts to connect */
    public ClientConnection(ClientConfig config, FocusIdentity identity, RandomGenerator random) {
        SmackSettings.apply();
        this.config = config;
        this.self = new AtomicReference<>(config.self());
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("xmpp-" + config.name()).factory());
        thread.setRemoveOnCancelPolicy(true);
        this.worker = Thread.ofPlatform()
                .daemon()
                .name("xmpp-" + config.name() + "-out")
                .unstarted(this::work);
        this.exchange = new StanzaExchange(
                this::self,
                thread,
                config.replyTimeout(),
                config.limits().pendingRequests(),
                identity,
                outbound::offer);
        this.keepAlive = new KeepAlive(
                exchange,
                thread,
                config.xmppDomain().orElse(config.domain()),
                config.pingInterval(),
                () -> broke("a ping was not answered"));
        this.backoff = new Backoff(config.backoff(), random);
    }

    @Override
    public Jid self() {
        return Objects.requireNonNull(self.get());
    }

    @Override
    public void start() {
        if (!closed.get() && started.compareAndSet(false, true)) {
            worker.start();
        }
    }

    @Override
    public void send(Stanza stanza) {
        exchange.send(stanza);
    }

    @Override
    public void request(IQ iq, Consumer<IqReply> onReply) {
        exchange.request(iq, onReply);
    }

    @Override
    public void expect(String id, Jid to, Consumer<IqReply> onReply) {
        exchange.expect(id, to, onReply);
    }

    @Override
    public void listen(StanzaListener listener) {
        exchange.listen(listener);
    }

    @Override
    public void onState(StateListener listener) {
        exchange.onState(listener);
    }

    @Override
    public boolean isConnected() {
        return exchange.isConnected();
    }

    @Override
    public ConnectionSnapshot snapshot() {
        return exchange.snapshot();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (started.get() && !Thread.currentThread().equals(worker)) {
                worker.join(CLOSE_TIMEOUT.multipliedBy(3));
            }
            post(() -> {
                keepAlive.stop();
                exchange.close();
            });
            thread.shutdown();
            if (!Thread.currentThread().equals(listening.get())
                    && !thread.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // --- the worker ---

    private void work() {
        while (!closed.get()) {
            try {
                connect();
                long since = System.nanoTime();
                pump();
                if (!closed.get()) {
                    lost(Duration.ofNanos(System.nanoTime() - since));
                }
            } catch (SmackException | XMPPException | IOException | RuntimeException e) {
                complain(ClientRefusal.of(e, config));
                forgetWhereNotResumable();
            } catch (InterruptedException e) {
                LOG.debug("{} was interrupted while connecting", config, e);
                forgetWhereNotResumable();
            }
            pause(backoff.next());
        }
        end();
    }

    private void connect() throws SmackException, XMPPException, IOException, InterruptedException {
        forgetWhereNotResumable();
        SmackStream current = stream.get();
        if (current != null && !current.awaitQuiet(CLOSE_TIMEOUT)) {
            resumable.set(false);
            forgetWhereNotResumable();
            current = null;
        }
        if (current == null) {
            current = new SmackStream(config, new Inbound(), this::broke);
            stream.set(current);
        }
        boolean resuming = resumable.get();
        current.connect();
        current.login();
        broken.set(Optional.empty());
        if (!current.isConnected()) {
            broken.set(Optional.of("the stream ended at once"));
        }
        lastComplaint = "";
        self.set(current.getUser());
        if (resuming && current.streamWasResumed()) {
            LOG.info("{} resumed its stream", config);
            post(() -> {
                exchange.state(ConnectionState.RESUMED);
                keepAlive.start();
            });
        } else {
            LOG.info("{} is connected, {}", config, current.isSecureConnection() ? "with TLS" : "without TLS");
            outbound.discard(OutboundQueue.Gate.OPEN);
            post(() -> {
                exchange.forgetRequests();
                exchange.send(StanzaBuilder.buildPresence().setPriority(0).build());
                exchange.state(ConnectionState.CONNECTED);
                keepAlive.start();
            });
        }
        resumable.set(true);
    }

    /** Hands what is to be sent to Smack until the stream ends. */
    private void pump() {
        SmackStream current = Objects.requireNonNull(stream.get());
        try {
            while (isWhole() && !closed.get()) {
                Optional<OutboundQueue.Item> item = outbound.poll(POLL_MILLIS);
                if (item.isPresent()) {
                    hand(current, item.get());
                }
            }
        } catch (InterruptedException e) {
            // Smack's way of saying that its queue was shut: the stream has ended.
            broke("the stream ended");
        }
    }

    private void hand(SmackStream current, OutboundQueue.Item item) throws InterruptedException {
        while (!current.awaitRoom(POLL_MILLIS)) {
            if (!isWhole() || closed.get()) {
                outbound.putBack(item);
                return;
            }
        }
        try {
            current.send(item.stanza());
        } catch (SmackException.NotConnectedException e) {
            outbound.putBack(item);
            broke("not connected");
        } catch (InterruptedException e) {
            outbound.putBack(item);
            throw e;
        }
    }

    /** The first reason counts. Any thread. */
    private void broke(String why) {
        broken.compareAndSet(Optional.empty(), Optional.of(why));
    }

    private boolean isWhole() {
        return Objects.requireNonNull(broken.get()).isEmpty();
    }

    private void lost(Duration lived) {
        LOG.warn(
                "{} lost its stream, connecting again: {}",
                config,
                Objects.requireNonNull(broken.get()).orElse("unknown"));
        backoff.lived(lived);
        SmackStream current = stream.get();
        if (current != null) {
            current.instantShutdown();
        }
        post(() -> {
            keepAlive.stop();
            exchange.state(ConnectionState.DISCONNECTED);
        });
        forgetWhereNotResumable();
    }

    /** Ends all hope for the old session where there is none. */
    private void forgetWhereNotResumable() {
        SmackStream current = stream.get();
        if (current != null && resumable.get() && current.isDisconnectedButSmResumptionPossible()) {
            return;
        }
        resumable.set(false);
        stream.set(null);
        if (current != null) {
            current.instantShutdown();
        }
        outbound.discard(OutboundQueue.Gate.SHUT);
        post(exchange::forgetRequests);
    }

    /** Gives the stream up for good, because something on it was lost. */
    private void abandon(String why) {
        resumable.set(false);
        broke(why);
    }

    private void end() {
        SmackStream current = stream.get();
        if (current == null) {
            return;
        }
        try {
            long until = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
            while (isWhole() && !outbound.isEmpty() && System.nanoTime() < until) {
                Optional<OutboundQueue.Item> item = outbound.poll(0);
                if (item.isPresent()) {
                    hand(current, item.get());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("closing without sending the rest", e);
        }
        outbound.discard(OutboundQueue.Gate.SHUT);
        current.setReplyTimeout(CLOSE_TIMEOUT.toMillis());
        current.disconnect();
    }

    private void pause(Duration wait) {
        long until = System.nanoTime() + wait.toNanos();
        try {
            while (!closed.get() && System.nanoTime() < until) {
                TimeUnit.NANOSECONDS.sleep(Math.min(until - System.nanoTime(), POLL_MILLIS * 1_000_000));
            }
        } catch (InterruptedException e) {
            LOG.debug("woken early", e);
        }
    }

    private void complain(ClientRefusal refusal) {
        if (!refusal.kind().equals(lastComplaint)) {
            lastComplaint = refusal.kind();
            LOG.warn("{} is not connected, trying again for ever: {}", config, refusal.text());
        } else {
            LOG.debug("{} is not connected: {}", config, refusal.text());
        }
    }

    private void post(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed meanwhile", e);
        }
    }

    /** Whether Nagle's algorithm is off on the open socket. */
    boolean sendsWithoutDelay() throws IOException {
        SmackStream current = stream.get();
        return current != null && current.sendsWithoutDelay();
    }

    private final class Inbound implements SmackStream.Inbound {

        @Override
        public boolean waitsFor(String id) {
            return exchange.waitsFor(id);
        }

        @Override
        public void received(StanzaReading reading) {
            inbound.acquireUninterruptibly();
            try {
                thread.execute(() -> {
                    inbound.release();
                    exchange.received(reading);
                });
            } catch (RejectedExecutionException e) {
                inbound.release(); // closed meanwhile
            }
        }
    }
}
