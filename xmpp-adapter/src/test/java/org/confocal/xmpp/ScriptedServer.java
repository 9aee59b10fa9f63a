package org.confocal.xmpp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server without manners: it says what a test tells it to say, to one peer at a time. Every read waits for a while and then
 * fails.
 */
public final class ScriptedServer implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ServerSocket listener;
    private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    private final List<Peer> all = new CopyOnWriteArrayList<>();

    public ScriptedServer() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(() -> {
            while (!listener.isClosed()) {
                try {
                    Peer peer = new Peer(listener.accept());
                    all.add(peer);
                    peers.add(peer);
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The next one that connects. */
    public Peer accept() {
        try {
            Peer peer = peers.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            if (peer == null) {
                throw new AssertionError("nobody connected");
            }
            return peer;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            all.forEach(Peer::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection, from the server's side, or one made to a server. */
    public static final class Peer implements AutoCloseable {
        private final Socket socket;
        private final ByteArrayOutputStream unread = new ByteArrayOutputStream();

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(Math.toIntExact(LONG.toMillis()));
            socket.setTcpNoDelay(true);
        }

        /** A connection to this port of this machine. */
        public static Peer to(int port) {
            try {
                return new Peer(new Socket(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public void say(String text) {
            say(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Does not mind when the peer hangs up in the middle. */
        public void say(byte[] bytes) {
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // the peer has heard enough
            }
        }

        /** Reads until this matches, and takes it, and what is before it, away. */
        public Matcher hear(String pattern) {
            Pattern compiled = Pattern.compile(pattern, Pattern.DOTALL);
            byte[] buffer = new byte[8192];
            try {
                InputStream in = socket.getInputStream();
                while (true) {
                    String text = unread.toString(StandardCharsets.UTF_8);
                    Matcher matcher = compiled.matcher(text);
                    if (matcher.find()) {
                        unread.reset();
                        unread.writeBytes(text.substring(matcher.end()).getBytes(StandardCharsets.UTF_8));
                        return matcher;
                    }
                    int read = in.read(buffer);
                    if (read < 0) {
                        throw new AssertionError("ended before " + pattern + ": " + text);
                    }
                    unread.write(buffer, 0, read);
                }
            } catch (IOException e) {
                throw new AssertionError("waiting for " + pattern + " after " + unread, e);
            }
        }

        /** Waits until the peer hangs up, and returns what it said before that and was not heard. */
        public String hearTheEnd() {
            byte[] buffer = new byte[8192];
            try {
                InputStream in = socket.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    unread.write(buffer, 0, read);
                }
            } catch (java.net.SocketTimeoutException e) {
                throw new AssertionError("the peer does not hang up", e);
            } catch (IOException e) {
                // reset is an end as well
            }
            return unread.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
