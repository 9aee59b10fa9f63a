package org.confocal.tests.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between one process and Prosody and counts the bytes that the process sends, also those that Prosody no longer takes:
 * where Prosody ends a connection the process sees that end, and whatever it says afterwards is counted. Two virtual threads a
 * connection carry it.
 */
final class CountingRelay implements AutoCloseable {
    private static final int BUFFER = 16_384;

    private final ServerSocket server;
    private final int target;
    private final AtomicLong sent = new AtomicLong();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    private CountingRelay(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** To a port of this machine. */
    static CountingRelay to(int target) throws IOException {
        CountingRelay relay = new CountingRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().name("relay").start(relay::accept);
        return relay;
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many bytes the process has sent, on all its connections. */
    long sent() {
        return sent.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                open.add(near);
                Socket far = new Socket();
                open.add(far);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                connect(near, far);
            } catch (IOException e) {
                // The relay was closed: the condition above says so.
            }
        }
    }

    private void connect(Socket near, Socket far) {
        try {
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            Thread.ofVirtual().name("relay-down").start(() -> down(far, near));
        } catch (IOException e) {
            // Prosody takes nothing; what the process says all the same is counted.
            shutDown(near);
        }
        Thread.ofVirtual().name("relay-up").start(() -> up(near, far));
    }

    private void up(Socket near, Socket far) {
        byte[] buffer = new byte[BUFFER];
        try (near;
                far) {
            InputStream in = near.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sent.addAndGet(count);
                pass(buffer, count, far);
            }
        } catch (IOException e) {
            // The process has ended, or its connection: there is nothing left to count.
        }
    }

    private static void pass(byte[] buffer, int count, Socket far) {
        try {
            OutputStream out = far.getOutputStream();
            out.write(buffer, 0, count);
            out.flush();
        } catch (IOException e) {
            // Prosody does not take it any more; it was counted.
        }
    }

    private static void down(Socket far, Socket near) {
        try {
            far.getInputStream().transferTo(near.getOutputStream());
        } catch (IOException e) {
            // Whichever side ended it, the process is told below.
        }
        shutDown(near);
    }

    private static void shutDown(Socket near) {
        try {
            near.shutdownOutput();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket = open.poll(); socket != null; socket = open.poll()) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
