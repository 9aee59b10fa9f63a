package org.confocal.xmpp.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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
import org.confocal.xmpp.exchange.StreamLedger.Terms;
import org.confocal.xmpp.stream.Backoff;
import org.confocal.xmpp.stream.Dialer;
import org.confocal.xmpp.stream.StanzaReader;
import org.confocal.xmpp.stream.StanzaWriter;
import org.confocal.xmpp.stream.StreamParser;
import org.confocal.xmpp.stream.WriteGate;
import org.confocal.xmpp.stream.XmlElement;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The focus logged in as a client (spec/01, sections 1 and 2). One event loop with one thread does everything: it reads, it
 * calls the listeners, it keeps the timers, and it connects again. Stanzas are turned into text on the thread that sends
 * them.
 *
 * <p>A lost stream is resumed (XEP-0198) where the server allows it, in this process and by one that has inherited its
 * journal; until it is known whether that works, what is sent waits here in order. As soon as the journal is another
 * process', nothing is said any more.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // Netty tells a failed write to its listener and a dead channel to the session
public final class ClientConnection implements XmppConnection, Handover {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    /** Between two acknowledgements that the server has not asked for. */
    private static final Duration ACKNOWLEDGE_EVERY = Duration.ofMillis(50);

    private final ClientConfig config;
    private final RandomGenerator random;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final StanzaExchange exchange;
    private final KeepAlive keepAlive;
    private final Dialer dialer;
    private final StreamBooks books;
    private final LogBudget unwritable = new LogBudget(10);
    private final AtomicReference<Jid> self;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** There while this process lets go of its stream, or has. */
    private final AtomicReference<@Nullable CompletableFuture<Void>> lettingGo = new AtomicReference<>();

    private final AtomicBoolean acknowledging = new AtomicBoolean();
    private final CompletableFuture<Void> prepared = new CompletableFuture<>();

    // Of the event loop's thread only.
    private Optional<Channel> channel = Optional.empty();
    private Optional<ClientSession> session = Optional.empty();
    private Optional<ClientSession> waiting = Optional.empty();
    private long establishedAtNanos;
    private long waitingSinceNanos;
    private long acknowledged;
    private boolean silenced;

    /**
     * Without a journal: a stream is resumed by this process only.
     *
     * @param random for the jitter between attempts to connect, and for logging in
     */
    public ClientConnection(ClientConfig config, FocusIdentity identity, RandomGenerator random) {
        this(config, identity, random, Journal.NONE);
    }

    /**
     * @param random for the jitter between attempts to connect, and for logging in
     * @param journal not used before {@link #start} or {@link #takeOver}; the stream's part of it is called like the
     *     connection
     */
    public ClientConnection(ClientConfig config, FocusIdentity identity, RandomGenerator random, Journal journal) {
        SmackSettings.apply();
        this.config = config;
        this.random = random;
        this.self = new AtomicReference<>(config.self());
        this.group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("xmpp-" + config.name(), true), NioIoHandler.newFactory());
        this.loop = group.next();
        this.exchange = new StanzaExchange(
                this::self, loop, config.replyTimeout(), config.limits().pendingRequests(), identity, this::write);
        this.keepAlive = new KeepAlive(
                exchange,
                loop,
                config.xmppDomain().orElse(config.domain()),
                config.pingInterval(),
                () -> session.ifPresent(current -> current.abort("a ping was not answered")));
        this.dialer = new Dialer(line(config), loop, new Backoff(config.backoff(), random), LOG, new Calls());
        this.books = new StreamBooks(config.name(), journal, new Books());
    }

    private static Dialer.Line line(ClientConfig config) {
        return new Dialer.Line(
                config.toString(),
                StreamParser.CLIENT_NAMESPACE,
                config.limits(),
                config.connectTimeout(),
                config.pingInterval().dividedBy(2));
    }

    @Override
    public Jid self() {
        return Objects.requireNonNull(self.get());
    }

    @Override
    public void start() {
        if (!closed.get() && started.compareAndSet(false, true)) {
            books.open(this::goesOn);
            loop.execute(this::connect);
        }
    }

    @Override
    public CompletionStage<Void> prepare() {
        if (!closed.get() && started.compareAndSet(false, true)) {
            loop.execute(this::connect);
        }
        return prepared;
    }

    @Override
    public void takeOver() {
        if (!started.get()) {
            start();
        } else if (!books.isOpen() && !closed.get()) {
            books.open(this::goesOn);
            loop.execute(() -> waiting.ifPresentOrElse(this::take, dialer::now));
        }
    }

    @Override
    public CompletionStage<Void> letGo() {
        CompletableFuture<Void> fresh = new CompletableFuture<>();
        CompletableFuture<Void> already = lettingGo.compareAndExchange(null, fresh);
        if (already != null) {
            return already;
        }
        loop.execute(() -> {
            keepAlive.stop();
            session.or(() -> waiting).ifPresent(ClientSession::mute);
            books.interrupt();
            books.whenSettled(() -> fresh.complete(null));
        });
        return fresh;
    }

    @Override
    public void takeBack() {
        loop.execute(() -> {
            if (lettingGo.getAndSet(null) != null) {
                // It read nothing meanwhile: a new connection resumes the stream where it let go.
                session.or(() -> waiting).ifPresentOrElse(muted -> muted.abort("taken back"), this::connect);
            }
        });
    }

    private boolean isLettingGo() {
        return lettingGo.get() != null;
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
        onLoop(() -> {
            keepAlive.stop();
            if (session.isPresent() && mayWrite() == WriteGate.Verdict.WRITE) {
                ClientSession current = session.get();
                // After what was sent before, which has to be kept first.
                books.whenSent(() -> onLoop(() -> {
                    acknowledge(); // else the server takes for lost what was handled, and says so to who sent it
                    current.close();
                }));
                loop.schedule(this::shutDown, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } else {
                shutDown();
            }
        });
        if (!loop.inEventLoop()) {
            group.terminationFuture().awaitUninterruptibly(CLOSE_TIMEOUT.toMillis() * 2);
        }
    }

    /** Whether Nagle's algorithm is off on the open socket. */
    boolean sendsWithoutDelay() {
        return channel.map(open -> open.config().getOption(ChannelOption.TCP_NODELAY))
                .orElse(false);
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

    /** Whether the stream that the last process left is of this account. */
    private boolean goesOn(Terms left) {
        Jid address = JidCreate.fromOrThrowUnchecked(left.address());
        if (address.asBareJid().equals(config.self().asBareJid())) {
            self.set(address);
            return true;
        }
        LOG.warn("{} begins a fresh stream: the last process was {}", config, address);
        return false;
    }

    private WriteGate.Verdict mayWrite() {
        if (isLettingGo()) {
            return WriteGate.Verdict.KEEP_SILENT;
        }
        return books.isOwned() ? WriteGate.Verdict.WRITE : WriteGate.Verdict.HANG_UP;
    }

    // --- the event loop ---

    private void shutDown() {
        if (session.isPresent() && books.isOpen() && mayWrite() == WriteGate.Verdict.WRITE) {
            books.end(); // the server has been told
        }
        session = Optional.empty();
        exchange.close();
        channel.ifPresent(Channel::close);
        group.shutdownGracefully(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void connect() {
        if (closed.get() || isLettingGo() || isSilenced()) {
            return;
        }
        if (books.isTooEarly()) {
            dialer.later();
            return;
        }
        Optional<URI> preferred = preferred();
        dialer.dial(
                preferred.map(URI::getHost).orElse(config.host()),
                preferred.map(URI::getPort).filter(port -> port > 0).orElse(config.port()));
    }

    /** Where the server wants the stream to be resumed, if it says so. */
    private Optional<URI> preferred() {
        String location = books.terms().map(Terms::location).orElse("");
        if (location.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI preferred = new URI("xmpp://" + location); // XEP-0198, section 5: a host and perhaps a port
            return Optional.of(preferred).filter(uri -> uri.getHost() != null);
        } catch (URISyntaxException e) {
            LOG.debug("{} is not where a stream could be resumed", location, e);
            return Optional.empty();
        }
    }

    /** Whether the journal has become another process'. */
    private boolean isSilenced() {
        if (!silenced && mayWrite() == WriteGate.Verdict.HANG_UP) {
            silenced = true;
            keepAlive.stop();
            LOG.info("{} is another process' from now on", config);
        }
        return silenced;
    }

    private void complain(ClientRefusal refusal) {
        dialer.complain(refusal.kind(), refusal.text());
    }

    private void take(ClientSession authenticated) {
        waiting = Optional.empty();
        Optional<Terms> terms = books.terms();
        if (terms.isPresent()) {
            authenticated.resume(terms.get(), books.ledger().resume());
        } else {
            authenticated.bind();
        }
    }

    private void established(ClientSession current) {
        dialer.succeeded();
        books.found();
        establishedAtNanos = System.nanoTime();
        acknowledged = books.ledger().acknowledgeable();
        session = Optional.of(current);
    }

    private void acknowledge() {
        acknowledging.set(false);
        long count = books.ledger().acknowledgeable();
        if (session.isPresent() && count != acknowledged && !isLettingGo()) {
            acknowledged = count;
            session.get().acknowledge(count);
        }
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed meanwhile", e);
        }
    }

    /** What the dialer wants to know. */
    private final class Calls implements Dialer.Caller {

        @Override
        public ChannelHandler session(Channel opened) {
            channel = Optional.of(opened);
            return new ClientSession(config, opened, random, new SessionOwner());
        }

        @Override
        public WriteGate.Verdict mayWrite() {
            return ClientConnection.this.mayWrite();
        }

        @Override
        public void unanswered(Throwable cause) {
            complain(ClientRefusal.of(cause, config));
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
            if (acknowledging.compareAndSet(false, true)) {
                try {
                    loop.schedule(
                            ClientConnection.this::acknowledge, ACKNOWLEDGE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                } catch (RejectedExecutionException e) {
                    LOG.debug("closed meanwhile", e);
                }
            }
        }

        @Override
        public void givenUp(String why) {
            onLoop(() -> {
                LOG.warn("{} gives its stream up: {}", config, why);
                session.ifPresent(current -> current.abort(why));
                exchange.forgetRequests();
            });
        }
    }

    private final class SessionOwner implements ClientSession.Owner {

        @Override
        public void authenticated(ClientSession current) {
            prepared.complete(null);
            if (!books.isOpen()) {
                waiting = Optional.of(current);
                waitingSinceNanos = System.nanoTime();
            } else {
                take(current);
            }
        }

        @Override
        public void bound(ClientSession current, String address, Optional<Terms> terms) {
            LOG.info("{} is connected, {}", config, current.isEncrypted() ? "with TLS" : "without TLS");
            self.set(JidCreate.fromOrThrowUnchecked(address));
            if (terms.isPresent()) {
                books.ledger().begin(terms.get(), current);
            } else {
                books.ledger().beginUncounted(current);
            }
            established(current);
            exchange.forgetRequests();
            exchange.send(StanzaBuilder.buildPresence().setPriority(0).build());
            exchange.state(ConnectionState.CONNECTED);
            keepAlive.start();
        }

        @Override
        public void resumed(ClientSession current, long count) {
            if (!books.resumed(count, current)) {
                current.abort("the server has lost count");
                return;
            }
            LOG.info("{} resumed its stream", config);
            established(current);
            exchange.state(ConnectionState.RESUMED);
            keepAlive.start();
        }

        @Override
        public void notResumed(ClientSession current, String condition) {
            LOG.warn("{} could not resume its stream and begins a fresh one: {}", config, condition);
            books.end();
            current.bind();
        }

        @Override
        public void received(XmlElement element, boolean counted) {
            if (counted) {
                books.ledger().receive(() -> exchange.received(StanzaReader.read(element)));
            } else {
                exchange.received(StanzaReader.read(element));
            }
        }

        @Override
        public void acknowledged(long count) {
            if (!books.acknowledged(count)) {
                session.ifPresent(current -> current.abort("the server acknowledges what it was not sent"));
            }
        }

        @Override
        public void acknowledgementWanted(ClientSession current) {
            acknowledged = books.ledger().acknowledgeable();
            current.acknowledge(acknowledged);
        }

        @Override
        public void ended(ClientSession current, ClientSession.End end) {
            channel = Optional.empty();
            if (waiting.isPresent()) {
                dialer.lived(Duration.ofNanos(System.nanoTime() - waitingSinceNanos));
            }
            waiting = Optional.empty();
            if (closed.get()) {
                shutDown();
                return;
            }
            session = Optional.empty();
            if (isLettingGo() || isSilenced()) {
                return;
            }
            if (end.stage() == ClientSession.Stage.ESTABLISHED) {
                LOG.warn(
                        "{} lost its stream, connecting again: {}",
                        config,
                        end.why().text());
                dialer.lived(Duration.ofNanos(System.nanoTime() - establishedAtNanos));
                books.lost(end.why().kind().equals("stream-conflict"));
                keepAlive.stop();
                books.interrupt();
                if (books.terms().isEmpty()) {
                    exchange.forgetRequests();
                }
                exchange.state(ConnectionState.DISCONNECTED);
            } else {
                complain(end.why());
            }
            dialer.later();
        }
    }
}
