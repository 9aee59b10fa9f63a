package org.confocal.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port for HAProxy's agent check: each connection is answered with one line and closed. Nothing that is sent is read. One
 * thread answers one connection after the other: the line fits into any socket's buffer, so none of them can hold it up, and
 * {@value #WAITING} wait at most.
 */
public final class AgentCheck implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AgentCheck.class);
    private static final int WAITING = 16;

    /** The answer of a shard that can serve nobody. */
    public static final String DOWN = AgentAnswer.DOWN;

    private final Supplier<String> answer;
    private final ServerSocket socket;
    private final Thread thread;

    /**
     * Listens.
     *
     * @param port 0 to 65535; 0 takes any free one
     * @param answer a line without its end; called from the thread here. If it throws, the connection is closed without one
     * @throws IOException where the address cannot be listened on; says which and why
     */
    public AgentCheck(String host, int port, Supplier<String> answer) throws IOException {
        this.answer = answer;
        this.socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port), WAITING);
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "cannot listen on " + host + ":" + port + " (jicofo.agent-check.host, jicofo.agent-check.port): "
                            + e.getMessage(),
                    e);
        }
        this.thread = Thread.ofPlatform().daemon().name("agent-check").start(this::serve);
    }

    /** The port that is listened on. */
    public int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                String line = answer.get() + "\n";
                client.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
            } catch (SocketException closedOrReset) {
                log.debug("An agent check ended: {}", closedOrReset.getMessage());
            } catch (IOException | RuntimeException failed) {
                log.debug("An agent check failed", failed);
            }
        }
    }

    /** Stops listening and waits until the last connection has been answered. */
    @Override
    public void close() {
        try {
            socket.close();
            thread.join();
        } catch (IOException e) {
            throw new IllegalStateException("the agent check did not stop", e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
