package org.confocal.journal;

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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running process's side: one candidate at a time says HELLO 1 and its format, is answered with HELLO 1 and ours, warms
 * itself up, says READY, is answered YOURS when everything is kept, takes over, and says TAKEN. NO and a sentence is the answer
 * to whatever cannot be.
 */
final class HandoverServer implements AutoCloseable {
    static final String HELLO = "HELLO 1";

    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
    private static final Duration GREETING = Duration.ofSeconds(2);
    private static final Duration WARMING = Duration.ofMinutes(2);
    private static final Duration TAKING = Duration.ofSeconds(5);
    private static final Duration LEEWAY = Duration.ofSeconds(1);
    private static final int LONGEST_PATH = 100;

    private final Succession succession;
    private final SuccessionSettings settings;
    private volatile Optional<Incumbent> incumbent = Optional.empty();
    private volatile Optional<ServerSocketChannel> listening = Optional.empty();

    HandoverServer(Succession succession, SuccessionSettings settings) {
        this.succession = succession;
        this.settings = settings;
    }

    void serve(Incumbent present) {
        incumbent = Optional.of(present);
    }

    /** Where there can be no socket, says so: then a successor fences this process instead of asking it. */
    void start() {
        Path socket = succession.directory().socket();
        if (socket.toString().getBytes(UTF_8).length > LONGEST_PATH) {
            LOG.warn("No planned handover: {} is longer than the {} bytes of a socket's path", socket, LONGEST_PATH);
            return;
        }
        try {
            Files.deleteIfExists(socket);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listening = Optional.of(channel);
            channel.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofPlatform().name("handover").daemon().start(() -> listen(channel));
        } catch (IOException e) {
            LOG.warn("No planned handover: cannot listen at {}: {}", socket, e.toString());
        }
    }

    private void listen(ServerSocketChannel channel) {
        while (channel.isOpen()) {
            try (SocketChannel candidate = channel.accept();
                    Line line = new Line(candidate)) {
                answer(line);
            } catch (IOException e) {
                if (channel.isOpen()) {
                    LOG.warn("A candidate for the journal went away: {}", e.toString());
                }
            } catch (RuntimeException e) {
                LOG.error("A candidate for the journal could not be served", e);
            }
        }
    }

    private void answer(Line line) throws IOException {
        String hello = line.hear(GREETING).orElse("nothing");
        if (!hello.startsWith(HELLO + " ")) {
            line.say("NO this process speaks " + HELLO + ", not: " + hello);
            return;
        }
        Optional<Incumbent> present = incumbent;
        if (present.isEmpty()) {
            line.say("NO it is just starting itself");
            return;
        }
        line.say(HELLO + " " + JournalFormat.VERSION + " " + succession.epoch());
        if (line.hear(WARMING).equals(Optional.of("READY"))) {
            handOver(line, present.get());
        }
    }

    private void handOver(Line line, Incumbent present) throws IOException {
        LOG.info("A successor is ready; this process lets go");
        Optional<String> refusal =
                settled(letGo(present), settings.settleWithin()).map(why -> "it did not settle: " + why);
        if (refusal.isPresent()) {
            present.takeBack();
            line.say("NO " + refusal.get());
            return;
        }
        succession.lettingGo();
        Future<Boolean> rested = succession.journal().rest().toCompletableFuture();
        refusal = settled(rested, settings.tuning().patience().plus(LEEWAY));
        if (refusal.isPresent() || !rested.resultNow()) {
            line.say("NO its journal cannot be written; stop it first");
        } else {
            sayYours(line);
        }
        if (succession.journal().owned() && succession.takeBack()) {
            LOG.warn("The successor did not take over; this process goes on");
            present.takeBack();
        } else {
            LOG.info("The successor acts; this process ends");
            present.done();
        }
    }

    private static CompletableFuture<Void> letGo(Incumbent present) {
        try {
            return present.letGo().toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void sayYours(Line line) {
        try {
            line.say("YOURS");
            line.hear(TAKING);
        } catch (IOException e) {
            LOG.warn("The successor is gone: {}", e.toString());
        }
    }

    /** Why it has not completed well within the time; empty where it has. */
    private static Optional<String> settled(Future<?> future, Duration within) {
        try {
            future.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            return Optional.of("it takes longer than " + within.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    @Override
    public void close() {
        listening.ifPresent(channel -> {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warn("Closing the socket of the handover: {}", e.toString());
            }
        });
    }
}
