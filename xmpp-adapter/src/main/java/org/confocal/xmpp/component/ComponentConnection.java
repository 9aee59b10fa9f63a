package org.confocal.xmpp.component;

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
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
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
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.exchange.Backoff;
import org.confocal.xmpp.exchange.KeepAlive;
import org.confocal.xmpp.exchange.LogBudget;
import org.confocal.xmpp.exchange.StanzaExchange;
import org.confocal.xmpp.stream.StanzaReading;
import org.confocal.xmpp.stream.StanzaWriter;
import org.confocal.xmpp.stream.StreamDecoder;
import org.confocal.xmpp.stream.StreamParser;
import org.confocal.xmpp.stream.TextEncoder;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The focus as a component of its server (XEP-0114). One event loop with one thread does everything: it reads, it calls the
 * listeners, it keeps the timers, and it connects again. Stanzas are turned into text on the thread that sends them.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // Netty tells a failed write to its listener and a dead channel to the session
public final class ComponentConnection implements XmppConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ComponentConnection.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final ComponentConfig config;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final StanzaExchange exchange;
    private final KeepAlive keepAlive;
    private final Backoff backoff;
    private final LogBudget unwritable = new LogBudget(10);
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable ComponentSession> session = new AtomicReference<>();

    // Of the event loop's thread only.
    private Optional<Channel> channel = Optional.empty();
    private long attempts;
    private long establishedAtNanos;
    private String lastComplaint = "";

    /** @param random for the jitter between attempts to connect */
    public ComponentConnection(ComponentConfig config, FocusIdentity identity, RandomGenerator random) {
        SmackSettings.apply();
        this.config = config;
        this.group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("xmpp-" + config.domain(), true), NioIoHandler.newFactory());
        this.loop = group.next();
        this.exchange = new StanzaExchange(
                config::self, loop, config.replyTimeout(), config.limits().pendingRequests(), identity, this::write);
        this.keepAlive = new KeepAlive(
                exchange, loop, config.pingTarget(), config.pingInterval(), () -> abort("a ping was not answered"));
        this.backoff = new Backoff(config.backoff(), random);
    }

    @Override
    public Jid self() {
        return config.self();
    }

    @Override
    public void start() {
        if (!closed.get() && started.compareAndSet(false, true)) {
            loop.execute(this::connect);
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
        loop.execute(() -> {
            keepAlive.stop();
            ComponentSession current = session.get();
            if (current != null) {
                current.close();
                loop.schedule(this::shutDown, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } else {
                shutDown();
            }
        });
        if (!loop.inEventLoop()) {
            group.terminationFuture().awaitUninterruptibly(CLOSE_TIMEOUT.toMillis() * 2);
        }
    }

    private void shutDown() {
        session.set(null);
        exchange.close();
        channel.ifPresent(Channel::close);
        group.shutdownGracefully(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether Nagle's algorithm is off on the open socket. */
    boolean sendsWithoutDelay() {
        return channel.map(open -> open.config().getOption(ChannelOption.TCP_NODELAY))
                .orElse(false);
    }

    private void write(Stanza stanza, Runnable onFailure) {
        ComponentSession current = session.get();
        if (current == null) {
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
        current.write(text, onFailure);
    }

    private void abort(String why) {
        ComponentSession current = session.get();
        if (current != null) {
            current.abort(why);
        }
    }

    private void connect() {
        if (closed.get()) {
            return;
        }
        InetSocketAddress address;
        try {
            // Blocks this connection's own thread at most, which has nothing else to do without a stream.
            InetAddress[] all = InetAddress.getAllByName(config.host());
            address = new InetSocketAddress(all[(int) (attempts++ % all.length)], config.port());
        } catch (UnknownHostException e) {
            complain("unknown-host", "its name is unknown; see jicofo.xmpp.component.hostname");
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
                complain("unreachable", String.valueOf(done.cause()));
                connectLater();
            }
        });
    }

    private void connectLater() {
        if (!closed.get()) {
            loop.schedule(this::connect, backoff.next().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Says the same thing once until something else happens. */
    private void complain(String kind, String text) {
        if (!kind.equals(lastComplaint)) {
            lastComplaint = kind;
            LOG.warn("{} is not connected, trying again for ever: {}", config, text);
        } else {
            LOG.debug("{} is not connected: {}", config, text);
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
                    .addLast(new TextEncoder())
                    .addLast(new StreamDecoder(new StreamParser(config.limits(), ComponentSession.NAMESPACE)))
                    .addLast(new IdleStateHandler(0, idle, 0, TimeUnit.MILLISECONDS))
                    .addLast(new ComponentSession(config, opened, new SessionOwner()));
        }
    }

    private final class SessionOwner implements ComponentSession.Owner {

        @Override
        public void established(ComponentSession current) {
            LOG.info("{} is connected", config);
            lastComplaint = "";
            establishedAtNanos = System.nanoTime();
            session.set(current);
            exchange.state(StateListener.ConnectionState.CONNECTED);
            keepAlive.start();
        }

        @Override
        public void received(StanzaReading reading) {
            exchange.received(reading);
        }

        @Override
        public void ended(ComponentSession current, ComponentSession.End end) {
            channel = Optional.empty();
            session.set(null);
            if (closed.get()) {
                shutDown();
                return;
            }
            if (end.stage() == ComponentSession.Stage.ESTABLISHED) {
                LOG.warn("{} lost its stream, connecting again: {}", config, end.text());
                backoff.lived(Duration.ofNanos(System.nanoTime() - establishedAtNanos));
                keepAlive.stop();
                exchange.forgetRequests();
                exchange.state(StateListener.ConnectionState.DISCONNECTED);
            } else {
                complain(
                        end.condition().orElse("handshake"),
                        end.condition()
                                .map(condition -> RefusalText.of(condition, config))
                                .orElse(end.text()));
            }
            connectLater();
        }
    }
}
