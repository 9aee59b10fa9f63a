package org.confocal.journal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.confocal.journal.Beginning;
import org.slf4j.LoggerFactory;

/** Focuses of several machines that share a Redis, and what they say. */
final class Machines implements AutoCloseable {
    /** On a machine that does other things too. */
    static final Duration LIMIT = Duration.ofSeconds(3);

    private final Path folder;
    private final List<Machine> machines = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.confocal.journal.redis");

    /** @param folder for what the machines remember */
    Machines(Path folder) {
        this.folder = folder;
        logger.setLevel(Level.INFO);
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.addAppender(log);
    }

    /** One of them. */
    static final class Machine {
        private final RedisStandby standby;
        private final CompletableFuture<Taken> taken;
        private final List<SortedMap<String, byte[]>> rehearsed = new CopyOnWriteArrayList<>();
        private final AtomicInteger elsewhere = new AtomicInteger();
        private final AtomicInteger losses = new AtomicInteger();

        private Machine(RedisSettings settings, MachineFiles files) {
            standby = new RedisStandby(settings, files, rehearsed::add, losses::incrementAndGet);
            standby.watch();
            taken = standby.take(Beginning.AFTER_END, elsewhere::incrementAndGet)
                    .toCompletableFuture();
        }

        /** How many times it was told that another machine acts. */
        int elsewhere() {
            return elsewhere.get();
        }

        boolean acts() {
            return taken.isDone();
        }

        Taken taken() {
            await().atMost(RedisProcess.PATIENCE).until(this::acts);
            return taken.join();
        }

        RedisLease lease() {
            return taken().lease();
        }

        List<SortedMap<String, byte[]>> rehearsed() {
            return rehearsed;
        }

        int losses() {
            return losses.get();
        }

        /** Without a word. */
        void end() {
            standby.close();
        }
    }

    static RedisSettings settings(String uri, String machine, Duration lease) {
        return new RedisSettings(URI.create(uri), "test", machine, lease, LIMIT, Duration.ofMillis(50));
    }

    /** What a machine of that name remembers. */
    MachineFiles remembered(String name) {
        return new MachineFiles(directory(name));
    }

    private Path directory(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Machine machine(RedisProcess redis, String name, Duration lease) {
        return machine(redis.uri(), name, lease, Optional.empty());
    }

    Machine machine(String uri, String name, Duration lease, Optional<Claim> last) {
        MachineFiles files = new MachineFiles(directory(name));
        last.ifPresentOrElse(files::remember, files::forgetClaim);
        Machine machine = new Machine(settings(uri, name, lease), files);
        machines.add(machine);
        return machine;
    }

    /** Redis says that the machine acted before, so that it does not wait first. */
    static void knows(RedisProcess redis, String name) {
        redis.cli("HSET", key("meta"), "holder", name + "/before", "epoch", "1", "version", "0", "whole", "0");
    }

    static String key(String what) {
        return "confocal:{test}:" + what;
    }

    long said(String part) {
        return log.list.stream()
                .filter(event -> event.getFormattedMessage().contains(part))
                .count();
    }

    static Optional<byte[]> value(String text) {
        return Optional.of(text.getBytes(UTF_8));
    }

    static Map<String, String> text(Map<String, byte[]> records) {
        Map<String, String> text = new TreeMap<>();
        records.forEach((key, value) -> text.put(key, new String(value, UTF_8)));
        return text;
    }

    /** What is in Redis; lines are key and value in turn. */
    static Map<String, String> inRedis(RedisProcess redis) {
        Map<String, String> records = new TreeMap<>();
        List<String> lines = redis.cli("HGETALL", key("records")).lines().toList();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            records.put(lines.get(i), lines.get(i + 1));
        }
        return records;
    }

    @Override
    public void close() {
        machines.forEach(Machine::end);
        logger.detachAppender(log);
        logger.setLevel(null);
    }
}
