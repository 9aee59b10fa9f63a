package org.confocal.xmpp.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets without Nagle's algorithm, which would hold back every second small stanza for 40 ms. Remembers the last one, which
 * Smack keeps to itself.
 */
final class NoDelaySocketFactory extends SocketFactory {

    private final AtomicReference<@Nullable Socket> last = new AtomicReference<>();

    @Override
    public Socket createSocket() throws IOException {
        return tuned(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return tuned(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return tuned(new Socket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return tuned(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort) throws IOException {
        return tuned(new Socket(host, port, localAddress, localPort));
    }

    Optional<Socket> last() {
        return Optional.ofNullable(last.get());
    }

    private Socket tuned(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        last.set(socket);
        return socket;
    }
}
