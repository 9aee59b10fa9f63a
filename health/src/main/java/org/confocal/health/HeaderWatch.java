package org.confocal.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that let a request's header trickle in. Jetty's idle timeout starts anew with every byte, so that a
 * header of 8 KiB could take days and hold one of the limited connections meanwhile. Looks at all connections, as many as
 * are allowed, in the interval given: one that received bytes, but no whole header, between three looks in a row is
 * closed; one that waits for its answer, or is silent, is left to the other limits.
 */
final class HeaderWatch extends AbstractLifeCycle implements Connection.Listener {
    private static final int SLOW_LOOKS = 2;

    private final Scheduler scheduler;
    private final Duration interval;
    private final Map<Connection, Seen> connections = new ConcurrentHashMap<>();

    /** A watch that closes a connection after {@code limit}, or half of it more. */
    HeaderWatch(Scheduler scheduler, Duration limit) {
        this.scheduler = scheduler;
        this.interval = limit.dividedBy(SLOW_LOOKS);
    }

    @Override
    protected void doStart() {
        lookAgain();
    }

    @Override
    public void onOpened(Connection connection) {
        connections.put(connection, Seen.of(connection, 0));
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    private void lookAgain() {
        scheduler.schedule(this::look, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!isRunning() && !isStarting()) {
            return;
        }
        connections.replaceAll((connection, seen) -> seen.next(connection));
        connections.forEach((connection, seen) -> {
            if (seen.slowLooks() >= SLOW_LOOKS) {
                connection.getEndPoint().close();
            }
        });
        lookAgain();
    }

    private static boolean isEstablished(SslConnection tls) {
        // SSLEngine: the session before a handshake has this protocol.
        return !tls.getSSLEngine().getSession().getProtocol().equals("NONE");
    }

    /** What a connection had received at a look, and for how many looks in a row a header has been on its way. */
    private record Seen(long bytes, long messages, int slowLooks) {
        static Seen of(Connection connection, int slowLooks) {
            return new Seen(connection.getBytesIn(), connection.getMessagesIn(), slowLooks);
        }

        Seen next(Connection connection) {
            boolean answering = connection.getMessagesIn() > connection.getMessagesOut();
            boolean trickles = connection.getMessagesIn() == messages && connection.getBytesIn() > bytes;
            if (connection instanceof SslConnection tls && isEstablished(tls)) {
                // It counts no messages; the connection on top of it does.
                trickles = false;
            }
            return of(connection, trickles && !answering ? slowLooks + 1 : 0);
        }
    }
}
