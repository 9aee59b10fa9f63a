package org.confocal.tests.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between the focus and Prosody, so that a test can cut what neither of them has ended. Virtual threads carry it. */
final class Relay implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicBoolean blocked = new AtomicBoolean();

    private Relay(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** To a port of this machine that need not be listened on yet. */
    static Relay to(int target) throws IOException {
        Relay relay = new Relay(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many connections it has taken. */
    int accepted() {
        return accepted.get();
    }

    /** Closes every connection that there is; new ones are taken at once. */
    void cut() {
        for (Socket socket = open.poll(); socket != null; socket = open.poll()) {
            close(socket);
        }
    }

    /** Closes every connection that there is, and new ones as soon as they come. */
    void block() {
        blocked.set(true);
        cut();
    }

    /** Takes connections again. */
    void unblock() {
        blocked.set(false);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                if (blocked.get()) {
                    close(near);
                    continue;
                }
                open.add(near);
                accepted.incrementAndGet();
                Socket far = new Socket();
                open.add(far);
                far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> copy(near, far));
                Thread.ofVirtual().start(() -> copy(far, near));
            } catch (IOException closedOrNobodyThere) {
                cut();
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // What remains to be done is the same for every end.
        }
        close(from);
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
