package org.confocal.journal.redis;

import static org.confocal.journal.redis.RedisServer.bytes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.confocal.journal.Fence;
import org.confocal.journal.JournalStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the journal says, in Redis too. A batch is one script there, and whoever waits for the batch waits for Redis, as long as
 * it answers within the limit. Beyond that Redis counts as gone: the focus goes on with its file, and a thread of this writes
 * everything anew as soon as Redis is back.
 *
 * <p>Redis is told with the lease's next renewal when what it has is no longer all that there is; another machine begins empty
 * then. Where it cannot be told, it has what was so when it was last reached, and the server's counts refuse the stream to
 * whoever begins with that.
 */
public final class RedisReplica {
    private static final Logger LOG = LoggerFactory.getLogger(RedisReplica.class);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private static final int CHUNK_BYTES = 256 << 10;
    private static final int CHUNK_RECORDS = 1_000;
    private static final int MOST_DOUBLINGS = 4;
    private static final Duration GATHERED_FOR = Duration.ofMinutes(1);

    private enum Phase {
        /** Nothing is sent. Also where the file is not written, so that this does not know what there is. */
        AWAY,
        FILLING,
        THERE
    }

    private final RedisServer server;
    private final RedisLease lease;
    private final Thread thread =
            Thread.ofPlatform().name("redis-replica").daemon().unstarted(this::keepFilled);

    // Under the lock of this; nothing is waited for under it.
    private final TreeMap<String, byte[]> all = new TreeMap<>();
    private final Map<String, Optional<byte[]>> sinceFilling = new HashMap<>();
    private Phase phase = Phase.AWAY;
    private boolean known;
    private boolean ahead;
    private boolean over;
    private boolean saidGone;
    private Optional<RedisLink> link = Optional.empty();
    private CompletableFuture<Void> filled = new CompletableFuture<>();
    private long version;
    private long goneSince = System.nanoTime();
    private long retryAt = System.nanoTime();
    private int failuresInARow;
    private long batches;
    private long failures;
    private long fillings;
    private long lastBatchMicros;

    /** @param version of the last batch of this claim, or higher */
    RedisReplica(RedisServer server, RedisLease lease, long version) {
        this.server = server;
        this.lease = lease;
        this.version = version;
    }

    void start() {
        thread.start();
    }

    /** A store that writes to this one and to Redis, and returns when both have it or Redis counts as gone. */
    public JournalStore store(JournalStore local) {
        return new ReplicatedStore(local, this);
    }

    /** Both must agree that this process acts. */
    public Fence fence(Fence local) {
        return new Fence() {
            @Override
            public boolean owned() {
                return lease.owned() && local.owned();
            }

            @Override
            public boolean certain() {
                if (lease.mayConnect(StreamEnd.REPLACED)) {
                    return local.owned();
                }
                lease.poke();
                return false;
            }

            @Override
            public void valid(boolean valid) {
                local.valid(valid);
                if (!valid) {
                    outdated();
                }
            }
        };
    }

    public synchronized RedisMeters meters() {
        Duration lag = phase == Phase.THERE ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - goneSince);
        return new RedisMeters(phase == Phase.THERE, lag, batches, failures, fillings, lastBatchMicros, all.size());
    }

    /** What in Redis has a lower version is not all that there is. */
    synchronized long trueFrom() {
        return ahead ? version + 1 : 0;
    }

    /** From now on everything that there is, is this. Returns at once; completes when Redis has it or counts as gone. */
    synchronized CompletableFuture<Void> become(Map<String, byte[]> everything) {
        Map<String, Optional<byte[]>> changed = new HashMap<>();
        everything.forEach((key, value) -> {
            if (!Arrays.equals(all.get(key), value)) {
                changed.put(key, Optional.of(value));
            }
        });
        all.keySet().stream()
                .filter(key -> !everything.containsKey(key))
                .forEach(key -> changed.put(key, Optional.empty()));
        if (!known) {
            known = true;
            changed.forEach(this::apply);
            notifyAll();
            return filled;
        }
        return offer(changed);
    }

    /** Returns at once; completes when Redis has it or counts as gone. */
    synchronized CompletableFuture<Void> offer(Map<String, Optional<byte[]>> batch) {
        batch.forEach(this::apply);
        return switch (phase) {
            case AWAY -> {
                ahead = true;
                yield DONE;
            }
            case FILLING -> {
                ahead = true;
                sinceFilling.putAll(batch);
                yield DONE;
            }
            case THERE ->
                batch.isEmpty()
                        ? DONE
                        : link.map(present -> send(present, batch)).orElse(DONE);
        };
    }

    private void apply(String key, Optional<byte[]> value) {
        value.ifPresentOrElse(bytes -> all.put(key, bytes), () -> all.remove(key));
    }

    /** Waits for what {@link #become} and {@link #offer} return, at most as long as the limit. */
    void await(CompletableFuture<Void> offered) {
        try {
            offered.get(server.settings().limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            late(offered);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Completes without a failure, always", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void late(CompletableFuture<Void> offered) {
        if (offered.isDone()) {
            return;
        }
        if (phase == Phase.THERE) {
            link.ifPresent(present -> gone(
                    present, "no answer within " + server.settings().limit().toMillis() + " ms"));
        } else {
            // The first filling goes on; the focus does not wait for it any longer.
            ahead = true;
        }
    }

    /** The file is not written any more: this does not know what there is before {@link #become}. */
    synchronized void outdated() {
        known = false;
        ahead = true;
        phase = Phase.AWAY;
        goneSince = System.nanoTime();
        link.ifPresent(RedisLink::close);
        link = Optional.empty();
        filled.complete(null);
        filled = new CompletableFuture<>();
        lease.poke();
    }

    /** Redis has lost its keys. */
    synchronized void forgotten() {
        link.ifPresent(present -> gone(present, "it has forgotten the records"));
    }

    /** Ends without a word. */
    synchronized void close() {
        over = true;
        phase = Phase.AWAY;
        link.ifPresent(RedisLink::close);
        link = Optional.empty();
        filled.complete(null);
        notifyAll();
    }

    private CompletableFuture<Void> send(RedisLink present, Map<String, Optional<byte[]>> batch) {
        version++;
        List<byte[]> arguments = new ArrayList<>(4 + 2 * batch.size());
        arguments.add(bytes(lease.claim().owner()));
        arguments.add(bytes(Long.toString(lease.claim().epoch())));
        arguments.add(bytes(Long.toString(version)));
        arguments.add(bytes(Long.toString(
                batch.values().stream().filter(Optional::isPresent).count())));
        batch.forEach((key, value) -> value.ifPresent(bytes -> {
            arguments.add(bytes(key));
            arguments.add(bytes);
        }));
        batch.forEach((key, value) -> {
            if (value.isEmpty()) {
                arguments.add(bytes(key));
            }
        });
        long began = System.nanoTime();
        return present.run(Script.BATCH, arguments.toArray(byte[][]::new))
                .handle((answer, failure) ->
                        answered(present, Optional.ofNullable(answer), failureSentence(failure), began));
    }

    private static String failureSentence(@Nullable Throwable failure) {
        return failure == null ? "" : RedisLink.sentence(failure);
    }

    private synchronized Void answered(RedisLink from, Optional<List<String>> answer, String failure, long began) {
        switch (answer.map(List::getFirst).orElse("")) {
            case "kept" -> {
                batches++;
                lastBatchMicros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
            }
            case "lost" -> lease.lost(answer.orElseThrow().get(1));
            case "forgotten" -> gone(from, "it has forgotten who acts");
            case "step" -> gone(from, "a batch is missing there");
            default -> gone(from, failure);
        }
        return null;
    }

    /** Under the lock. */
    private void gone(RedisLink which, String why) {
        if (link.isEmpty() || link.get() != which || over) {
            return;
        }
        if (phase == Phase.THERE) {
            goneSince = System.nanoTime();
        }
        phase = Phase.AWAY;
        ahead = true;
        which.close();
        link = Optional.empty();
        failed(why);
        lease.poke();
        notifyAll();
    }

    private void failed(String why) {
        failures++;
        retryAt = System.nanoTime() + (server.settings().retry().toNanos() << Math.min(failuresInARow, MOST_DOUBLINGS));
        failuresInARow++;
        filled.complete(null);
        filled = new CompletableFuture<>();
        if (!saidGone && lease.owned()) {
            saidGone = true;
            LOG.warn(
                    "The journal is not kept in Redis at {}: {}. The focus serves on with its own file, but another machine could not go on; tries again until it can",
                    server.settings().place(),
                    why);
        }
    }

    private void keepFilled() {
        while (awaitTurn()) {
            try {
                fill();
            } catch (RedisTrouble e) {
                fillingFailed(e.getMessage());
            }
        }
    }

    /** False at the end. */
    private synchronized boolean awaitTurn() {
        try {
            while (!over && lease.owned()) {
                long left = retryAt - System.nanoTime();
                if (phase != Phase.AWAY || !known) {
                    wait();
                } else if (left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } else {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void fill() throws RedisTrouble {
        RedisLink fresh = server.open();
        String key = server.key("gathered:" + lease.claim().epoch());
        Map<String, byte[]> everything = begin(fresh);
        RedisLink.await(fresh.remove(key), server.settings().limit());
        Map<String, byte[]> chunk = new HashMap<>();
        long size = 0;
        for (Map.Entry<String, byte[]> entry : everything.entrySet()) {
            chunk.put(entry.getKey(), entry.getValue());
            size += entry.getValue().length;
            if (size > CHUNK_BYTES || chunk.size() >= CHUNK_RECORDS) {
                RedisLink.await(
                        fresh.gather(key, chunk, GATHERED_FOR),
                        server.settings().limit());
                chunk = new HashMap<>();
                size = 0;
            }
        }
        if (!chunk.isEmpty()) {
            RedisLink.await(
                    fresh.gather(key, chunk, GATHERED_FOR), server.settings().limit());
        }
        RedisLink.await(
                replace(fresh, key, everything.size()), server.settings().limit());
        said(fresh);
    }

    private synchronized Map<String, byte[]> begin(RedisLink fresh) throws RedisTrouble {
        if (phase != Phase.AWAY || !known || over) {
            fresh.close();
            throw new RedisTrouble("not to be filled just now");
        }
        link = Optional.of(fresh);
        phase = Phase.FILLING;
        sinceFilling.clear();
        return new TreeMap<>(all);
    }

    /** Batches follow from now on, so they are carried out after it. */
    private synchronized CompletableFuture<Void> replace(RedisLink fresh, String key, int records) throws RedisTrouble {
        if (phase != Phase.FILLING || link.isEmpty() || link.get() != fresh) {
            throw new RedisTrouble("given up");
        }
        version++;
        long began = System.nanoTime();
        CompletableFuture<Void> replaced = fresh.run(
                        Script.REPLACE,
                        List.of(key),
                        bytes(lease.claim().owner()),
                        bytes(Long.toString(lease.claim().epoch())),
                        bytes(Long.toString(version)),
                        bytes(Integer.toString(records)))
                .handle((answer, failure) ->
                        answered(fresh, Optional.ofNullable(answer), failureSentence(failure), began));
        phase = Phase.THERE;
        ahead = false;
        if (!sinceFilling.isEmpty()) {
            CompletableFuture<Void> unused = send(fresh, new HashMap<>(sinceFilling));
            sinceFilling.clear();
        }
        return replaced;
    }

    private synchronized void said(RedisLink fresh) {
        if (phase != Phase.THERE || link.isEmpty() || link.get() != fresh) {
            return;
        }
        fillings++;
        failuresInARow = 0;
        filled.complete(null);
        filled = new CompletableFuture<>();
        if (saidGone) {
            saidGone = false;
            LOG.info(
                    "The journal is kept in Redis at {} again, after {} s",
                    server.settings().place(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - goneSince));
        }
    }

    private synchronized void fillingFailed(String why) {
        if (over || !known) {
            return;
        }
        if (link.isPresent()) {
            gone(link.get(), why);
        } else if (phase == Phase.AWAY) {
            failed(why);
        }
    }
}
