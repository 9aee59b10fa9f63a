package org.confocal.journal.redis;

import static org.confocal.journal.redis.RedisServer.bytes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to act, renewed every third of its time on a thread of its own. Lost once and for all when another claim stands in
 * Redis.
 *
 * <p>While Redis cannot be asked, the holder acts on: from a Redis that is gone nobody can take the lease. From one that only
 * the holder cannot reach, another machine takes it after its time, and until this one sees Redis again both believe to be the
 * one. Then this holds:
 *
 * <ul>
 *   <li>the server has one stream. Once the other machine has resumed it, nothing that this one sends arrives anywhere, and this
 *       one finds its stream replaced. It must not connect again before Redis has confirmed it: {@link #mayConnect};
 *   <li>where its stream is only lost, it may try to resume it. What the server and the other machine have counted meanwhile
 *       refuses that. Where they have exchanged nothing, it succeeds, the other machine finds its stream replaced, is confirmed by
 *       Redis, and takes it back;
 *   <li>its batches do not count any more, so a process that was stopped and goes on keeps nothing and calls nobody back. What it
 *       had kept before it was stopped may still leave it, towards a stream that has been replaced.
 * </ul>
 *
 * <p>Not guaranteed: requests to it over HTTP are answered until it finds out; and bridges hear from it whatever it can still
 * send where the stream was not yet taken, which is as if it had been sent before.
 */
public final class RedisLease {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLease.class);

    private final RedisServer server;
    private final Claim claim;
    private final Consumer<String> onLost;
    private final Thread thread =
            Thread.ofPlatform().name("redis-lease").daemon().unstarted(this::renew);

    private volatile boolean owned = true;
    private volatile String lostTo = "";
    private volatile boolean over;
    private volatile long confirmedAt;
    private volatile boolean confirmed;
    private volatile LongSupplier trueFrom = () -> 0;
    private volatile Runnable onForgotten = () -> {};

    // Under the lock of this.
    private boolean poked;
    private boolean releasing;
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private CompletableFuture<Boolean> nextAnswer = new CompletableFuture<>();

    // The thread's.
    private Optional<RedisLink> link = Optional.empty();
    private boolean saidGone;

    /**
     * @param asked when Redis was asked for the claim, {@link System#nanoTime}; empty where it was not
     * @param onLost called once, on the lease's thread, with whose the claim is that counts instead
     */
    RedisLease(RedisServer server, Claim claim, Optional<Long> asked, Consumer<String> onLost) {
        this.server = server;
        this.claim = claim;
        this.onLost = onLost;
        this.confirmed = asked.isPresent();
        this.confirmedAt = asked.orElseGet(System::nanoTime);
    }

    /**
     * @param version batches below it are not all that there is
     * @param forgotten called on the lease's thread when Redis had lost its keys
     */
    void start(LongSupplier version, Runnable forgotten) {
        trueFrom = version;
        onForgotten = forgotten;
        thread.start();
    }

    public Claim claim() {
        return claim;
    }

    /** Whether no other claim has been found yet. Does not ask. */
    public boolean owned() {
        return owned;
    }

    /** Whether Redis has said within the time of a lease that this is the holder. Does not ask. */
    public boolean confirmed() {
        return owned
                && confirmed
                && System.nanoTime() - confirmedAt < server.settings().lease().toNanos();
    }

    /**
     * Whether the stream may be opened or resumed. Where not, ask again after {@link #nextAnswer}. Does not wait.
     */
    public boolean mayConnect(StreamEnd end) {
        return switch (end) {
            case LOST -> owned();
            case REPLACED -> confirmed();
        };
    }

    /** Asks at once; completes with Redis' next answer, which is whether this is still the holder. False at the end of this. */
    public synchronized CompletionStage<Boolean> nextAnswer() {
        if (over) {
            return CompletableFuture.completedStage(false);
        }
        CompletableFuture<Boolean> answer = nextAnswer;
        poke();
        return answer.minimalCompletionStage();
    }

    /**
     * Gives the lease away: who waits takes it at once. For a focus that has settled everything and closed its journal.
     *
     * @return completes when Redis knows, or was asked in vain
     */
    public synchronized CompletionStage<Void> release() {
        releasing = true;
        if (over) {
            released.complete(null);
        }
        poke();
        return released.minimalCompletionStage();
    }

    /** Another claim counts. Any thread; returns at once. */
    void lost(String to) {
        lostTo = to;
        owned = false;
        poke();
    }

    synchronized void poke() {
        poked = true;
        notifyAll();
    }

    /** Ends without a word to Redis: the lease runs out. */
    void close() {
        over = true;
        poke();
    }

    private void renew() {
        while (!over && owned && !releasing()) {
            long asked = System.nanoTime();
            try {
                answered(asked, RedisLink.await(ask(), patience()));
            } catch (RedisTrouble e) {
                missed(e);
            }
            await(asked + server.settings().leaseThird().toNanos());
        }
        end();
    }

    private CompletableFuture<List<String>> ask() throws RedisTrouble {
        return link().run(
                        Script.RENEW,
                        bytes(claim.owner()),
                        bytes(Long.toString(claim.epoch())),
                        bytes(Long.toString(server.settings().lease().toMillis())),
                        bytes(Long.toString(trueFrom.getAsLong())));
    }

    /** A slow answer is better than a new connection, as long as there is time for both. */
    private Duration patience() {
        return server.settings().leaseThird().multipliedBy(2);
    }

    private RedisLink link() throws RedisTrouble {
        if (link.isEmpty()) {
            link = Optional.of(server.open());
        }
        return link.get();
    }

    private void answered(long asked, List<String> answer) {
        if (answer.getFirst().equals("lost")) {
            LOG.info("Another process acts from now on: {}", answer.get(1));
            lost(answer.get(1));
            return;
        }
        confirmedAt = asked;
        confirmed = true;
        if (saidGone) {
            saidGone = false;
            LOG.info(
                    "Redis at {} answers again, and this is still the holder",
                    server.settings().place());
        }
        if (answer.getFirst().equals("restored")) {
            LOG.warn(
                    "Redis at {} had forgotten who acts{}; it is told anew",
                    server.settings().place(),
                    answer.get(1).isEmpty() ? "" : " (" + answer.get(1) + ")");
            onForgotten.run();
        }
        takeNextAnswer().complete(true);
    }

    private synchronized CompletableFuture<Boolean> takeNextAnswer() {
        CompletableFuture<Boolean> answer = nextAnswer;
        nextAnswer = new CompletableFuture<>();
        return answer;
    }

    private void missed(RedisTrouble trouble) {
        link.ifPresent(RedisLink::close);
        link = Optional.empty();
        if (!saidGone
                && !over
                && owned
                && System.nanoTime() - confirmedAt > server.settings().lease().toNanos()) {
            saidGone = true;
            LOG.warn(
                    "Redis at {} does not confirm the lease: {}. The focus acts on. Another machine cannot take over while Redis is away for it too",
                    server.settings().place(),
                    trouble.getMessage());
        }
    }

    private synchronized boolean releasing() {
        return releasing;
    }

    /** Until then, or until poked; not more often than a link takes to fail. */
    private synchronized void await(long until) {
        for (long left = until - System.nanoTime();
                left > 0 && !poked && !over && owned;
                left = until - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                over = true;
            }
        }
        poked = false;
    }

    private void end() {
        over = true;
        boolean taken = !owned;
        owned = false;
        if (releasing() && !taken) {
            try {
                RedisLink.await(link().run(Script.RELEASE, bytes(claim.owner())), patience());
            } catch (RedisTrouble e) {
                LOG.warn(
                        "Redis at {} could not be told of the end: {}. Who waits takes over when the lease runs out",
                        server.settings().place(),
                        e.getMessage());
            }
        }
        link.ifPresent(RedisLink::close);
        released.complete(null);
        takeNextAnswer().complete(false);
        if (taken) {
            onLost.accept(lostTo);
        }
    }
}
