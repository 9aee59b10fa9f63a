package org.confocal.xmpp.component;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.confocal.focus.journal.Journal;
import org.confocal.xmpp.ConnectionSnapshot;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.Handover;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StanzaListener;
import org.confocal.xmpp.StateListener;
import org.confocal.xmpp.StateListener.ConnectionState;
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.exchange.KeepAlive;
import org.confocal.xmpp.exchange.LogBudget;
import org.confocal.xmpp.exchange.StanzaExchange;
import org.confocal.xmpp.exchange.StreamBooks;
import org.confocal.xmpp.exchange.StreamLedger;
import org.confocal.xmpp.stream.Backoff;
import org.confocal.xmpp.stream.Dialer;
import org.confocal.xmpp.stream.StanzaReader;
import org.confocal.xmpp.stream.StanzaWriter;
import org.confocal.xmpp.stream.WriteGate;
import org.confocal.xmpp.stream.XmlElement;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The focus as a component of its server (XEP-0114). One event loop with one thread does everything: it reads, it calls the
 * listeners, it keeps the timers, and it connects again. Stanzas are turned into text on the thread that sends them.
 *
 * <p>Where the server has {@code mod_confocal_hold}, the stream is counted ({@link StreamLedger}) and goes on after a lost
 * connection, of this process or of the one before it. Where it has not, a lost connection is the end of its stream.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // Netty tells a failed write to its listener and a dead channel to the session
public final class ComponentConnection implements XmppConnection, Handover {

    private static final Logger LOG = LoggerFactory.getLogger(ComponentConnection.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    /** Of the stream. */
    private static final String JOURNAL_NAME = "component";

    private final ComponentConfig config;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final StanzaExchange exchange;
    private final KeepAlive keepAlive;
    private final Dialer dialer;
    private final LogBudget unwritable = new LogBudget(10);
    private final StreamBooks books;
    private final HeldStream stream;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> prepared = new CompletableFuture<>();

    // Of the event loop's thread only.
    private Optional<ComponentSession> session = Optional.empty();
    private long establishedAtNanos;
    private long openedAtNanos;
    private boolean saidGoodbye;

    /**
     * Keeps nothing beyond the process.
     *
     * @param random for the jitter between attempts to connect
     */
    public ComponentConnection(ComponentConfig config, FocusIdentity identity, RandomGenerator random) {
        this(config, identity, random, Journal.NONE);
    }

    /**
     * Goes on with the stream that the last process left in the journal, if the server still holds it.
     *
     * @param random for the jitter between attempts to connect
     * @param journal not asked for anything before {@link #start} or {@link #takeOver}
     */
    public ComponentConnection(
            ComponentConfig config, FocusIdentity identity, RandomGenerator random, Journal journal) {
        SmackSettings.apply();
        this.config = config;
        this.group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("xmpp-" + config.domain(), true), NioIoHandler.newFactory());
        this.loop = group.next();
        this.exchange = new StanzaExchange(
                config::self, loop, config.replyTimeout(), config.limits().pendingRequests(), identity, this::write);
        this.keepAlive = new KeepAlive(
                exchange, loop, config.pingTarget(), config.pingInterval(), () -> abort("a ping was not answered"));
        this.dialer = new Dialer(line(config), loop, new Backoff(config.backoff(), random), LOG, new Calls());
        this.books = new StreamBooks(JOURNAL_NAME, journal, new Books());
        this.stream = new HeldStream(config, books, LOG, loop);
    }

    private static Dialer.Line line(ComponentConfig config) {
        return new Dialer.Line(
                config.toString(),
                ComponentSession.NAMESPACE,
                config.limits(),
                config.connectTimeout(),
                config.pingInterval().dividedBy(2));
    }

    @Override
    public Jid self() {
        return config.self();
    }

    @Override
    public void start() {
        if (!closed.get() && started.compareAndSet(false, true)) {
            taken.set(true);
            openBooks();
            loop.execute(this::connect);
        }
    }

    @Override
    public CompletionStage<Void> prepare() {
        if (!closed.get() && started.compareAndSet(false, true)) {
            loop.execute(this::connect);
        }
        return prepared.minimalCompletionStage();
    }

    @Override
    public void takeOver() {
        if (closed.get() || !taken.compareAndSet(false, true)) {
            return;
        }
        openBooks();
        if (started.compareAndSet(false, true)) {
            loop.execute(this::connect);
        } else {
            loop.execute(
                    () -> session.ifPresentOrElse(waiting -> waiting.authenticate(stream.resumption()), dialer::now));
        }
    }

    private void openBooks() {
        // Where the focus has another address now, its stream is another.
        books.open(terms -> terms.address().equals(config.self().toString()));
    }

    @Override
    public CompletionStage<Void> letGo() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        released.set(true);
        loop.execute(() -> {
            keepAlive.stop();
            if (books.terms().isPresent()) {
                session.ifPresent(ComponentSession::goDeaf);
            } else {
                leave(); // in the way of the next, whom the server would turn away
            }
            stream.interrupt();
            books.whenSettled(() -> settled.complete(null));
        });
        return settled.minimalCompletionStage();
    }

    @Override
    public void takeBack() {
        loop.execute(() -> {
            if (released.get()) {
                // It read nothing meanwhile: a new connection resumes the stream where it let go.
                boolean connected = session.isPresent();
                session.ifPresent(deaf -> deaf.leave("taken back"));
                released.set(false);
                if (!connected) {
                    connect();
                }
            }
        });
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
    public Optional<Duration> held() {
        return books.held();
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
        if (released.get() || !taken.get()) {
            execute(this::shutDown);
        } else {
            // The server may end the stream just now, and the loop with it.
            execute(() -> loop.schedule(this::shutDown, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
            // What was sent leaves when it is kept, and the stream's end behind it.
            books.whenSent(() -> execute(this::closePolitely));
        }
        if (!loop.inEventLoop()) {
            group.terminationFuture().awaitUninterruptibly(CLOSE_TIMEOUT.toMillis() * 2);
        }
    }

    private void closePolitely() {
        keepAlive.stop();
        if (exchange.isConnected()) {
            saidGoodbye = true;
            stream.sayCount();
            session.ifPresent(ComponentSession::close);
        } else {
            shutDown();
        }
    }

    private void shutDown() {
        keepAlive.stop();
        leave();
        session = Optional.empty();
        if (saidGoodbye) {
            books.end();
        }
        if (!released.get()) {
            exchange.close();
        }
        group.shutdownGracefully(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Another process has taken over: nothing is said, to the server or to listeners. */
    private void endSilently() {
        if (released.compareAndSet(false, true)) {
            LOG.info("{}: another process has taken over", config);
            keepAlive.stop();
            stream.interrupt();
            leave();
        }
    }

    private void leave() {
        session.ifPresent(current -> current.leave("another process has the stream"));
    }

    /** Whether Nagle's algorithm is off on the open socket. */
    boolean sendsWithoutDelay() {
        return session.map(ComponentSession::sendsWithoutDelay).orElse(false);
    }

    private void write(Stanza stanza, Runnable onFailure) {
        String text;
        try {
            text = StanzaWriter.write(stanza);
        } catch (RuntimeException e) {
            unwritable.log(more -> LOG.error("a stanza cannot be written ({} more)", more, e));
            onFailure.run();
            return;
        }
        books.send(text, onFailure);
    }

    private void abort(String why) {
        execute(() -> session.ifPresent(current -> current.abort(why)));
    }

    private void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed meanwhile", e);
        }
    }

    private void connect() {
        if (closed.get() || released.get()) {
            return;
        }
        if (!books.isOwned()) {
            endSilently();
            return;
        }
        if (books.isTooEarly()) {
            dialer.later();
            return;
        }
        dialer.dial(config.host(), config.port());
    }

    /** What the dialer wants to know. */
    private final class Calls implements Dialer.Caller {

        @Override
        public ChannelHandler session(Channel opened) {
            ComponentSession fresh = new ComponentSession(config, opened, new SessionOwner());
            session = Optional.of(fresh);
            return fresh;
        }

        @Override
        public WriteGate.Verdict mayWrite() {
            if (released.get()) {
                return WriteGate.Verdict.KEEP_SILENT;
            }
            return books.isOwned() ? WriteGate.Verdict.WRITE : WriteGate.Verdict.HANG_UP;
        }

        @Override
        public void unanswered(Throwable cause) {
            if (cause instanceof UnknownHostException) {
                dialer.complain("unknown-host", "its name is unknown; see jicofo.xmpp.component.hostname");
            } else {
                dialer.complain("unreachable", String.valueOf(cause));
            }
        }

        @Override
        public void again() {
            connect();
        }
    }

    /** What the ledger finds out, on any thread. */
    private final class Books implements StreamLedger.Listener {

        @Override
        public void moreToAcknowledge() {
            stream.changed();
        }

        @Override
        public void givenUp(String why) {
            abort(why);
        }
    }

    private final class SessionOwner implements ComponentSession.Owner {

        @Override
        public void opened(ComponentSession current) {
            prepared.complete(null);
            openedAtNanos = System.nanoTime();
            if (books.isOpen()) {
                current.authenticate(stream.resumption());
            }
        }

        @Override
        public void established(ComponentSession current, Hold.Answer answer) {
            dialer.succeeded();
            books.found();
            establishedAtNanos = System.nanoTime();
            Optional<ConnectionState> state = stream.begin(current, answer);
            if (state.isEmpty()) {
                current.abort("the server has counted wrong: " + answer);
                return;
            }
            if (state.get() == ConnectionState.RESUMED) {
                LOG.info("{} resumed its stream", config);
            } else {
                LOG.info("{} is connected", config);
                exchange.forgetRequests();
            }
            exchange.state(state.get());
            keepAlive.start();
        }

        @Override
        public void received(XmlElement stanza) {
            books.ledger().receive(() -> receivedEarly(stanza));
        }

        @Override
        public void receivedEarly(XmlElement stanza) {
            exchange.received(StanzaReader.read(stanza));
        }

        @Override
        public void askedForCount() {
            stream.sayCount();
        }

        @Override
        public boolean acknowledged(long count) {
            return books.acknowledged(count);
        }

        @Override
        public void ended(ComponentSession current, ComponentSession.End end) {
            session = Optional.empty();
            if (closed.get()) {
                shutDown();
            } else if (released.get()) {
                LOG.debug("{} has ended: {}", config, end.text());
            } else if (!books.isOwned()) {
                endSilently();
            } else {
                lost(end);
                dialer.later();
            }
        }

        private void lost(ComponentSession.End end) {
            if (end.stage() != ComponentSession.Stage.ESTABLISHED) {
                dialer.complain(
                        end.condition().orElse("handshake"),
                        end.condition()
                                .map(condition -> RefusalText.of(condition, config))
                                .orElse(end.text()));
                // Of a stream that waited for a process to act, perhaps for long.
                dialer.lived(Duration.ofNanos(openedAtNanos == 0 ? 0 : System.nanoTime() - openedAtNanos));
                openedAtNanos = 0;
                return;
            }
            books.lost(end.condition().equals(Optional.of("conflict")));
            LOG.warn("{} lost its stream, connecting again: {}", config, end.text());
            dialer.lived(Duration.ofNanos(System.nanoTime() - establishedAtNanos));
            keepAlive.stop();
            stream.interrupt();
            if (books.terms().isEmpty()) {
                exchange.forgetRequests();
            }
            if (exchange.isConnected()) {
                exchange.state(ConnectionState.DISCONNECTED);
            }
        }
    }
}
