package org.confocal.xmpp.component;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.confocal.xmpp.exchange.Backoff;
import org.confocal.xmpp.stream.StreamDecoder;
import org.confocal.xmpp.stream.StreamParser;
import org.confocal.xmpp.stream.TextEncoder;
import org.slf4j.Logger;

/** Opens connections to the server, for ever, with a wait between attempts. All on the event loop's thread. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the listener
final class Dialer {

    private final ComponentConfig config;
    private final EventLoop loop;
    private final Backoff backoff;
    private final Logger log;
    private final Function<Channel, ChannelHandler> session;
    private final Runnable again;
    private long attempts;
    private String lastComplaint = "";
    private Optional<ScheduledFuture<?>> next = Optional.empty();

    /**
     * Has no connection.
     *
     * @param session what handles the elements of a new connection
     * @param again called when it is time for the next attempt; calls {@link #dial} if that is still wanted
     */
    Dialer(
            ComponentConfig config,
            EventLoop loop,
            Backoff backoff,
            Logger log,
            Function<Channel, ChannelHandler> session,
            Runnable again) {
        this.config = config;
        this.loop = loop;
        this.backoff = backoff;
        this.log = log;
        this.session = session;
        this.again = again;
    }

    void dial() {
        InetSocketAddress address;
        try {
            // Blocks this connection's own thread at most, which has nothing else to do without a stream.
            InetAddress[] all = InetAddress.getAllByName(config.host());
            address = new InetSocketAddress(all[(int) (attempts++ % all.length)], config.port());
        } catch (UnknownHostException e) {
            complain("unknown-host", "its name is unknown; see jicofo.xmpp.component.hostname");
            later();
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
                later();
            }
        });
    }

    /** The next attempt follows after a wait. */
    void later() {
        next = Optional.of(loop.schedule(again, backoff.next().toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Does not wait any longer for the next attempt; nothing where one is being made. */
    void now() {
        if (next.isPresent() && next.get().cancel(false)) {
            again.run();
        }
    }

    /** An attempt succeeded: whatever goes wrong next is new. */
    void succeeded() {
        lastComplaint = "";
    }

    /** A stream was lost that had lived this long. */
    void lived(Duration time) {
        backoff.lived(time);
    }

    /** Says the same thing once until something else happens. */
    void complain(String kind, String text) {
        if (!kind.equals(lastComplaint)) {
            lastComplaint = kind;
            log.warn("{} is not connected, trying again for ever: {}", config, text);
        } else {
            log.debug("{} is not connected: {}", config, text);
        }
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel opened) {
            long idle = Math.max(1, config.pingInterval().toMillis() / 2);
            opened.pipeline()
                    .addLast(new FlushConsolidationHandler(
                            FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true))
                    .addLast(new TextEncoder())
                    .addLast(new StreamDecoder(new StreamParser(config.limits(), ComponentSession.NAMESPACE)))
                    .addLast(new IdleStateHandler(0, idle, 0, TimeUnit.MILLISECONDS))
                    .addLast(session.apply(opened));
        }
    }
}
