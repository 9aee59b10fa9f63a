package org.confocal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Words between two processes, a line each, of at most 125 characters; nobody waits longer than he says. */
public final class Line implements AutoCloseable {
    private static final int LONGEST = 500;

    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocate(LONGEST);

    public Line(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** @throws IOException where nobody listens */
    public static Line to(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            channel.configureBlocking(false);
            connected = channel.connect(UnixDomainSocketAddress.of(socket));
            if (!connected) {
                throw new IOException("too many ask at " + socket);
            }
            return new Line(channel);
        } finally {
            if (!connected) {
                channel.close();
            }
        }
    }

    /** @throws IOException where the other one is gone, or has not listened for long */
    public void say(String words) throws IOException {
        String line = words.substring(0, Math.min(words.length(), LONGEST / 4)).replace('\n', ' ') + "\n";
        byte[] bytes = line.getBytes(UTF_8);
        if (channel.write(ByteBuffer.wrap(bytes)) < bytes.length) {
            throw new IOException("the other process does not listen");
        }
    }

    /** The next line; empty where none comes within the time, or the other one is gone. */
    public Optional<String> hear(Duration within) {
        long end = System.nanoTime() + within.toNanos();
        try {
            while (true) {
                Optional<String> line = complete();
                long left = (end - System.nanoTime() + 999_999) / 1_000_000;
                if (line.isPresent() || left <= 0 || !in.hasRemaining()) {
                    return line;
                }
                selector.select(left);
                selector.selectedKeys().clear();
                if (channel.read(in) < 0) {
                    return complete();
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> complete() {
        for (int i = 0; i < in.position(); i++) {
            if (in.get(i) == '\n') {
                String line = new String(in.array(), 0, i, UTF_8);
                in.flip().position(i + 1);
                in.compact();
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
