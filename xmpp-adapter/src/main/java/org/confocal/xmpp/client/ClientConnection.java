package org.confocal.xmpp.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
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
import org.confocal.xmpp.exchange.Backoff;
import org.confocal.xmpp.exchange.KeepAlive;
import org.confocal.xmpp.exchange.LogBudget;
import org.confocal.xmpp.exchange.StanzaExchange;
import org.confocal.xmpp.exchange.StreamLedger;
import org.confocal.xmpp.exchange.StreamLedger.Terms;
import org.confocal.xmpp.exchange.StreamLoss;
import org.confocal.xmpp.stream.StanzaReader;
import org.confocal.xmpp.stream.StanzaWriter;
import org.confocal.xmpp.stream.StreamDecoder;
import org.confocal.xmpp.stream.StreamParser;
import org.confocal.xmpp.stream.TextEncoder;
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
    private final Journal journal;
    private final RandomGenerator random;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final StanzaExchange exchange;
    private final KeepAlive keepAlive;
    private final Backoff backoff;
    private final LogBudget unwritable = new LogBudget(10);
    private final AtomicReference<Jid> self;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** There while this process lets go of its stream, or has. */
    private final AtomicReference<@Nullable CompletableFuture<Void>> lettingGo = new AtomicReference<>();

    private final AtomicBoolean acknowledging = new AtomicBoolean();
    private final CompletableFuture<Void> prepared = new CompletableFuture<>();
    /** There from when this process acts; before that, the journal may be another's. */
    private final AtomicReference<@Nullable StreamLedger> ledger = new AtomicReference<>();

    // Of the event loop's thread only.
    private Optional<Channel> channel = Optional.empty();
    private Optional<ClientSession> session = Optional.empty();
    private Optional<ClientSession> waiting = Optional.empty();
    private long attempts;
    private long establishedAtNanos;
    private long waitingSinceNanos;
    private final StreamLoss loss = new StreamLoss();
    private Optional<ScheduledFuture<?>> nextAttempt = Optional.empty();
    private long acknowledged;
    private boolean silenced;
    private String lastComplaint = "";

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
        this.journal = journal;
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
        this.backoff = new Backoff(config.backoff(), random);
    }

    @Override
    public Jid self() {
        return Objects.requireNonNull(self.get());
    }

    @Override
    public void start() {
        if (!closed.get() && started.compareAndSet(false, true)) {
            act();
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
        } else if (ledger.get() == null && !closed.get()) {
            act();
            loop.execute(() -> waiting.ifPresentOrElse(this::take, this::connectNow));
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
            StreamLedger books = ledger.get();
            if (books == null) {
                fresh.complete(null);
            } else {
                books.interrupt();
                books.whenSettled(() -> fresh.complete(null));
            }
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
        StreamLedger books = ledger.get();
        return books == null ? Optional.empty() : books.terms().map(Terms::hold);
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
                journal.change(() -> journal.whenKept(() -> onLoop(() -> {
                    acknowledge(); // else the server takes for lost what was handled, and says so to who sent it
                    current.close();
                })));
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
        StreamLedger books = ledger.get();
        if (books == null) {
            onFailure.run();
            return;
        }
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

    /** From here on the journal is this process'. */
    private void act() {
        StreamLedger books = new StreamLedger(config.name(), journal, new Books());
        books.terms().ifPresent(terms -> {
            Jid address = JidCreate.fromOrThrowUnchecked(terms.address());
            if (address.asBareJid().equals(config.self().asBareJid())) {
                self.set(address);
            } else {
                LOG.warn("{} begins a fresh stream: the last process was {}", config, address);
                books.end();
            }
        });
        ledger.set(books);
    }

    private WriteGate.Verdict mayWrite() {
        if (isLettingGo()) {
            return WriteGate.Verdict.KEEP_SILENT;
        }
        return ledger.get() == null || journal.owned() ? WriteGate.Verdict.WRITE : WriteGate.Verdict.HANG_UP;
    }

    // --- the event loop ---

    private void shutDown() {
        StreamLedger books = ledger.get();
        if (session.isPresent() && books != null && mayWrite() == WriteGate.Verdict.WRITE) {
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
        if (loss.tooEarly(journal)) {
            connectLater();
            return;
        }
        InetSocketAddress address;
        try {
            address = address();
        } catch (UnknownHostException e) {
            complain(ClientRefusal.other("the name " + config.host() + " is unknown"));
            connectLater();
            return;
        }
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(config.connectTimeout().toMillis()))
                .handler(new Pipeline());
        bootstrap.connect(address).addListener(done -> {
            if (!done.isSuccess()) {
                complain(ClientRefusal.of(done.cause(), config));
                connectLater();
            }
        });
    }

    private InetSocketAddress address() throws UnknownHostException {
        // Blocks this connection's own thread at most, which has nothing else to do without a stream.
        String host = config.host();
        int port = config.port();
        @Nullable StreamLedger books = ledger.get();
        String location =
                books == null ? "" : books.terms().map(Terms::location).orElse("");
        if (!location.isEmpty()) {
            try {
                URI preferred = new URI("xmpp://" + location); // XEP-0198, section 5: a host and perhaps a port
                if (preferred.getHost() != null) {
                    host = preferred.getHost();
                    port = preferred.getPort() < 0 ? port : preferred.getPort();
                }
            } catch (URISyntaxException e) {
                LOG.debug("{} is not where a stream could be resumed", location, e);
            }
        }
        InetAddress[] all = InetAddress.getAllByName(host);
        return new InetSocketAddress(all[(int) (attempts++ % all.length)], port);
    }

    private void connectLater() {
        if (!closed.get()) {
            nextAttempt =
                    Optional.of(loop.schedule(this::connect, backoff.next().toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** Does not wait any longer for the next attempt; nothing where one is being made. */
    private void connectNow() {
        if (nextAttempt.isPresent() && nextAttempt.get().cancel(false)) {
            connect();
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

    /** Says the same thing once until something else happens. */
    private void complain(ClientRefusal refusal) {
        if (!refusal.kind().equals(lastComplaint)) {
            lastComplaint = refusal.kind();
            LOG.warn("{} is not connected, trying again for ever: {}", config, refusal.text());
        } else {
            LOG.debug("{} is not connected: {}", config, refusal.text());
        }
    }

    private void take(ClientSession authenticated) {
        waiting = Optional.empty();
        StreamLedger books = books();
        Optional<Terms> terms = books.terms();
        if (terms.isPresent()) {
            authenticated.resume(terms.get(), books.resume());
        } else {
            authenticated.bind();
        }
    }

    private StreamLedger books() {
        return Objects.requireNonNull(ledger.get());
    }

    private void established(ClientSession current) {
        lastComplaint = "";
        loss.over();
        establishedAtNanos = System.nanoTime();
        acknowledged = books().acknowledgeable();
        session = Optional.of(current);
    }

    private void acknowledge() {
        acknowledging.set(false);
        long count = books().acknowledgeable();
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

    private final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel opened) {
            channel = Optional.of(opened);
            long idle = Math.max(1, config.pingInterval().toMillis() / 2);
            opened.pipeline()
                    .addLast(new FlushConsolidationHandler(
                            FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true))
                    .addLast(new WriteGate(ClientConnection.this::mayWrite))
                    .addLast(new TextEncoder())
                    .addLast(new StreamDecoder(new StreamParser(config.limits(), StreamParser.CLIENT_NAMESPACE)))
                    .addLast(new IdleStateHandler(0, idle, 0, TimeUnit.MILLISECONDS))
                    .addLast(new ClientSession(config, opened, random, new SessionOwner()));
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
            if (ledger.get() == null) {
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
                books().begin(terms.get(), current);
            } else {
                books().beginUncounted(current);
            }
            established(current);
            exchange.forgetRequests();
            exchange.send(StanzaBuilder.buildPresence().setPriority(0).build());
            exchange.state(ConnectionState.CONNECTED);
            keepAlive.start();
        }

        @Override
        public void resumed(ClientSession current, long count) {
            if (!books().resumed(count, current)) {
                books().end();
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
            books().end();
            current.bind();
        }

        @Override
        public void received(XmlElement element, boolean counted) {
            if (counted) {
                books().receive(() -> exchange.received(StanzaReader.read(element)));
            } else {
                exchange.received(StanzaReader.read(element));
            }
        }

        @Override
        public void acknowledged(long count) {
            if (!books().acknowledged(count)) {
                books().end();
                session.ifPresent(current -> current.abort("the server acknowledges what it was not sent"));
            }
        }

        @Override
        public void acknowledgementWanted(ClientSession current) {
            acknowledged = books().acknowledgeable();
            current.acknowledge(acknowledged);
        }

        @Override
        public void ended(ClientSession current, ClientSession.End end) {
            channel = Optional.empty();
            if (waiting.isPresent()) {
                backoff.lived(Duration.ofNanos(System.nanoTime() - waitingSinceNanos));
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
                backoff.lived(Duration.ofNanos(System.nanoTime() - establishedAtNanos));
                loss.lost(end.why().kind().equals("stream-conflict"));
                keepAlive.stop();
                books().interrupt();
                if (books().terms().isEmpty()) {
                    exchange.forgetRequests();
                }
                exchange.state(ConnectionState.DISCONNECTED);
            } else {
                complain(end.why());
            }
            connectLater();
        }
    }
}
