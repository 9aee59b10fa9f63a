package org.confocal.pair;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.confocal.journal.Line;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a pair can be asked to go over to a new process: {@code pair.sock} beside the journal. Who asks says RELOAD 1, and is
 * answered with OK or NO and a sentence when that is over.
 */
final class PairSocket implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pair.class);
    private static final String RELOAD = "RELOAD 1";
    private static final Duration GREETING = Duration.ofSeconds(2);
    private static final int LONGEST_PATH = 100;

    private final Optional<ServerSocketChannel> listening;
    private final Supplier<CompletableFuture<String>> reload;

    private PairSocket(Optional<ServerSocketChannel> listening, Supplier<CompletableFuture<String>> reload) {
        this.listening = listening;
        this.reload = reload;
    }

    /** Where there can be no socket, says so. A pair that was there before cannot be asked any more. */
    static PairSocket open(Path journal, Supplier<CompletableFuture<String>> reload) {
        Path socket = in(journal);
        if (socket.toString().getBytes(UTF_8).length > LONGEST_PATH) {
            log.warn("No reload: {} is longer than the {} bytes of a socket's path", socket, LONGEST_PATH);
            return new PairSocket(Optional.empty(), reload);
        }
        try {
            Files.deleteIfExists(socket);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            PairSocket opened = new PairSocket(Optional.of(channel), reload);
            channel.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofPlatform().name("pair-socket").daemon().start(() -> opened.listen(channel));
            return opened;
        } catch (IOException e) {
            log.warn("No reload: cannot listen at {}: {}", socket, e.toString());
            return new PairSocket(Optional.empty(), reload);
        }
    }

    private static Path in(Path journal) {
        return journal.resolve("pair.sock");
    }

    private void listen(ServerSocketChannel channel) {
        while (channel.isOpen()) {
            try {
                hear(channel.accept());
            } catch (IOException e) {
                if (channel.isOpen()) {
                    log.warn("Who asked for a reload went away: {}", e.toString());
                }
            }
        }
    }

    /** The answer comes later, so that a second one who asks is not kept waiting to be refused. */
    private void hear(SocketChannel from) throws IOException {
        Line line = new Line(from);
        String asked = line.hear(GREETING).orElse("nothing");
        CompletableFuture<String> answer = asked.equals(RELOAD)
                ? reload.get()
                : CompletableFuture.completedFuture("NO this pair understands " + RELOAD + ", not: " + asked);
        var unused = answer.thenAccept(words -> say(line, words));
    }

    private static void say(Line line, String words) {
        try (line) {
            line.say(words);
        } catch (IOException e) {
            log.warn("Who asked for a reload is gone: {}", e.toString());
        }
    }

    /**
     * Asks the pair that listens.
     *
     * @return its answer; empty where none comes in time
     * @throws IOException where no pair listens
     */
    static Optional<String> ask(Path journal, Duration within) throws IOException {
        try (Line line = Line.to(in(journal))) {
            line.say(RELOAD);
            return line.hear(within);
        }
    }

    @Override
    public void close() {
        listening.ifPresent(channel -> {
            try {
                channel.close();
            } catch (IOException e) {
                log.warn("Closing the socket of the pair: {}", e.toString());
            }
        });
    }
}
