package org.confocal.xmpp.stream;

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
import org.confocal.xmpp.StanzaLimits;
import org.slf4j.Logger;

/** Opens connections to a server, for ever, with a wait between attempts. All on the event loop's thread. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the listener
public final class Dialer {

    /**
     * What is the same for each connection.
     *
     * @param name in the log
     * @param namespace of the stream's stanzas
     * @param connectTimeout of the TCP connection
     * @param quiet after so much silence of our own the session hears of it, and may say something
     */
    public record Line(String name, String namespace, StanzaLimits limits, Duration connectTimeout, Duration quiet) {}

    /** Whom the connections are for. */
    public interface Caller {
        /** What handles the elements of a new connection. */
        ChannelHandler session(Channel opened);

        /** Asked before the bytes of each write. */
        WriteGate.Verdict mayWrite();

        /** Nobody has answered; the next attempt follows after a wait. Says so by {@link Dialer#complain}. */
        void unanswered(Throwable cause);

        /** It is time for the next attempt: calls {@link Dialer#dial} if that is still wanted. */
        void again();
    }

    private final Line line;
    private final EventLoop loop;
    private final Backoff backoff;
    private final Logger log;
    private final Caller caller;
    private long attempts;
    private String lastComplaint = "";
    private Optional<ScheduledFuture<?>> next = Optional.empty();

    /** Has no connection. */
    public Dialer(Line line, EventLoop loop, Backoff backoff, Logger log, Caller caller) {
        this.line = line;
        this.loop = loop;
        this.backoff = backoff;
        this.log = log;
        this.caller = caller;
    }

    /** Tries once, at the next of the addresses that the host's name has. */
    public void dial(String host, int port) {
        InetSocketAddress address;
        try {
            // Blocks this connection's own thread at most, which has nothing else to do without a stream.
            InetAddress[] all = InetAddress.getAllByName(host);
            address = new InetSocketAddress(all[(int) (attempts++ % all.length)], port);
        } catch (UnknownHostException e) {
            failed(e);
            return;
        }
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(line.connectTimeout().toMillis()))
                .handler(new Pipeline());
        bootstrap.connect(address).addListener(done -> {
            if (!done.isSuccess()) {
                failed(done.cause());
            }
        });
    }

    private void failed(Throwable cause) {
        if (loop.isShuttingDown()) {
            return;
        }
        caller.unanswered(cause);
        later();
    }

    /** The next attempt follows after a wait. */
    public void later() {
        next = Optional.of(loop.schedule(caller::again, backoff.next().toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Does not wait any longer for the next attempt; nothing where one is being made. */
    public void now() {
        if (next.isPresent() && next.get().cancel(false)) {
            caller.again();
        }
    }

    /** An attempt succeeded: whatever goes wrong next is new. */
    public void succeeded() {
        lastComplaint = "";
    }

    /** A stream was lost that had lived this long. */
    public void lived(Duration time) {
        backoff.lived(time);
    }

    /**
     * Says the same thing once until something else happens.
     *
     * @param kind what makes it the same
     */
    public void complain(String kind, String text) {
        if (!kind.equals(lastComplaint)) {
            lastComplaint = kind;
            log.warn("{} is not connected, trying again for ever: {}", line.name(), text);
        } else {
            log.debug("{} is not connected: {}", line.name(), text);
        }
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel opened) {
            long quiet = Math.max(1, line.quiet().toMillis());
            opened.pipeline()
                    .addLast(new FlushConsolidationHandler(
                            FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true))
                    .addLast(new WriteGate(caller::mayWrite))
                    .addLast(new TextEncoder())
                    .addLast(new StreamDecoder(new StreamParser(line.limits(), line.namespace())))
                    .addLast(new IdleStateHandler(0, quiet, 0, TimeUnit.MILLISECONDS))
                    .addLast(caller.session(opened));
        }
    }
}
