package org.confocal.journal.redis;

import static org.confocal.journal.redis.RedisServer.bytes;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.confocal.journal.Beginning;
import org.confocal.journal.OtherMachines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the lease: looks at Redis twenty times in a lease, and takes it when it has run out or was given away. On the way it
 * reads the records now and then, so that whoever restores from them has done it before.
 *
 * <p>Slow to take on purpose: a Redis that has just come back shows no lease although the holder is well, so it is watched for
 * the time of one lease first; one that has come back empty, or was never used, for {@value #LEASES_OF_AN_EMPTY_REDIS}. While
 * Redis cannot be asked nobody takes over.
 *
 * <p>A lease that this machine itself holds is taken at once: its process is one that this one has succeeded, as the lock on the
 * journal's directory says, which comes first.
 */
public final class RedisStandby implements OtherMachines {
    private static final Logger LOG = LoggerFactory.getLogger(RedisStandby.class);
    private static final int LEASES_OF_AN_EMPTY_REDIS = 3;
    private static final int LEASES_WITHOUT_REDIS = 5;
    private static final Duration LEAST_WITHOUT_REDIS = Duration.ofSeconds(10);
    private static final int LOOKS_IN_A_LEASE = 20;
    private static final Duration READ_AT_MOST_EVERY = Duration.ofSeconds(10);
    private static final int LIMITS_FOR_ALL_RECORDS = 10;

    /** How things stood at the last look. */
    private record Seen(String leased, String holder, long epoch, String version, String trouble) {}

    private final RedisSettings settings;
    private final MachineFiles files;
    private final Consumer<SortedMap<String, byte[]>> rehearsal;
    private final Runnable onLost;
    private final RedisServer server;
    private final String owner;
    private final CompletableFuture<Taken> taken = new CompletableFuture<>();
    private final Thread thread =
            Thread.ofPlatform().name("redis-standby").daemon().unstarted(this::waitForLease);
    private final CountDownLatch wanted = new CountDownLatch(1);
    private volatile boolean over;
    private volatile boolean answered;

    // Set before wanted is counted down.
    private Runnable elsewhere = () -> {};
    private long wantedSince;
    private Duration patience = Duration.ZERO;

    // The thread's.
    private Optional<RedisLink> link = Optional.empty();
    private long highestEpoch;
    private long answersSince;
    private long emptySince;
    private boolean leaseSeen;
    private long lastAnswer = System.nanoTime();
    private Optional<Claim> last;
    private boolean toldElsewhere;
    private boolean saidUnreadable;
    private boolean saidGone;
    private String holderBefore = "";
    private String saidTrouble = "";
    private String saidHolder = "";
    private String readVersion = "";
    private long readAt;

    /**
     * @param files say which claim this machine had last, if any: where Redis cannot be asked for five leases, and 10 s at least,
     *     it goes on with that, as the process before it would have
     * @param rehearsal called on the standby's thread with what the records say, at most every 10 s, only when they have
     *     changed; they go on changing
     * @param onLost called once, on the lease's thread, when another process has taken over after this one had
     */
    public RedisStandby(
            RedisSettings settings,
            MachineFiles files,
            Consumer<SortedMap<String, byte[]>> rehearsal,
            Runnable onLost) {
        this.settings = settings;
        this.files = files;
        this.last = files.claim();
        this.rehearsal = rehearsal;
        this.onLost = onLost;
        this.server = new RedisServer(settings);
        this.owner = settings.machine() + "/" + UUID.randomUUID();
    }

    @Override
    public void watch() {
        thread.start();
    }

    @Override
    public CompletionStage<Taken> take(Beginning beginning, Runnable actsElsewhere) {
        elsewhere = actsElsewhere;
        wantedSince = System.nanoTime();
        // Who was handed the conferences by a process that acted need not ask for long. Another machine may have gone
        // on after
        // one that has ended, and a Redis that is slow to connect to is not gone.
        patience = beginning == Beginning.HANDED_OVER ? settings.limit() : patienceAfterAnEnd();
        wanted.countDown();
        return taken.minimalCompletionStage();
    }

    private Duration patienceAfterAnEnd() {
        Duration leases = settings.lease().multipliedBy(LEASES_WITHOUT_REDIS);
        return leases.compareTo(LEAST_WITHOUT_REDIS) > 0 ? leases : LEAST_WITHOUT_REDIS;
    }

    /** How the records and the lease are doing; empty as long as it is not this machine's turn. */
    public Optional<Taken> turn() {
        return taken.isDone() ? Optional.of(taken.join()) : Optional.empty();
    }

    /** Whether Redis answered when it was last asked. */
    public boolean answered() {
        return answered;
    }

    /** Ends everything that began with this, the lease too, without a word to Redis: the lease runs out. */
    @Override
    public void close() {
        over = true;
        thread.interrupt();
        CompletableFuture<Void> unused = taken.thenAccept(present -> {
            present.replica().close();
            present.lease().close();
        });
        server.close();
    }

    private void waitForLease() {
        while (!over && !taken.isDone()) {
            try {
                Seen seen = look();
                heard();
                consider(seen);
            } catch (RedisTrouble e) {
                missed(e);
            } catch (RuntimeException e) {
                missed(new RedisTrouble("its answer cannot be understood: " + RedisLink.sentence(e)));
            }
            try {
                if (!over && !taken.isDone()) {
                    pause();
                }
            } catch (InterruptedException e) {
                over = true;
            }
        }
        link.ifPresent(RedisLink::close);
    }

    private void pause() throws InterruptedException {
        long millis = settings.lease().dividedBy(LOOKS_IN_A_LEASE).toMillis();
        if (isWanted()) {
            TimeUnit.MILLISECONDS.sleep(millis);
        } else {
            boolean unused = wanted.await(millis, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isWanted() {
        return wanted.getCount() == 0;
    }

    private RedisLink link() throws RedisTrouble {
        if (link.isEmpty()) {
            link = Optional.of(server.open());
        }
        return link.get();
    }

    private Seen look() throws RedisTrouble {
        List<String> answer = RedisLink.await(link().run(Script.LOOK), settings.limit());
        return new Seen(answer.get(1), answer.get(2), Long.parseLong(answer.get(3)), answer.get(4), answer.get(6));
    }

    private void heard() {
        long now = System.nanoTime();
        // Redis has hung, or this process has: the holder had no chance to renew, or was not seen to.
        boolean slept = now - lastAnswer > settings.lease().toNanos() / 2;
        if (!answered || slept) {
            answered = true;
            answersSince = now;
            leaseSeen = false;
            emptySince = 0;
        }
        lastAnswer = now;
        if (saidGone) {
            saidGone = false;
            LOG.info("Redis at {} answers", settings.place());
        }
    }

    private void missed(RedisTrouble trouble) {
        link.ifPresent(RedisLink::close);
        link = Optional.empty();
        answered = false;
        leaseSeen = false;
        emptySince = 0;
        if (over) {
            return;
        }
        if (last.isPresent() && isWanted() && silentFor(patience)) {
            LOG.warn(
                    "Redis at {} does not answer: {}. This machine was the last one known to act and goes on",
                    settings.place(),
                    trouble.getMessage());
            begin(last.get(), Optional.empty(), false, Taken.From.THIS_MACHINE);
        } else if (!saidGone) {
            saidGone = true;
            LOG.warn(
                    "Redis at {} does not answer: {}. This focus does not act before Redis says that it may",
                    settings.place(),
                    trouble.getMessage());
        }
    }

    private boolean silentFor(Duration time) {
        long now = System.nanoTime();
        return Math.min(now - lastAnswer, now - wantedSince) > time.toNanos();
    }

    private void consider(Seen seen) throws RedisTrouble {
        highestEpoch = Math.max(highestEpoch, seen.epoch());
        sayTrouble(seen.trouble());
        boolean own = isOwn(seen.leased());
        if (!seen.holder().isEmpty()) {
            remember(seen);
        }
        if (!seen.leased().isEmpty() && !own) {
            leaseSeen = true;
            emptySince = 0;
            if (!saidHolder.equals(seen.leased())) {
                saidHolder = seen.leased();
                LOG.info("Waits for the lease of {}", seen.leased());
            }
            rehearse(seen);
            return;
        }
        if (isWanted() && mayTake(seen, own)) {
            take(seen);
        }
    }

    private boolean isOwn(String someOwner) {
        return someOwner.startsWith(settings.machine() + "/");
    }

    /** Redis knows best who acted last. */
    private void remember(Seen seen) {
        if (isOwn(seen.holder())) {
            last = Optional.of(new Claim(seen.holder(), seen.epoch()));
            return;
        }
        if (last.isPresent()) {
            last = Optional.empty();
            files.forgetClaim();
        }
        if (isWanted() && !toldElsewhere) {
            toldElsewhere = true;
            elsewhere.run();
        }
    }

    private boolean mayTake(Seen seen, boolean own) {
        long now = System.nanoTime();
        long lease = settings.lease().toNanos();
        if (seen.holder().isEmpty()) {
            if (emptySince == 0) {
                emptySince = now;
            }
            return now - emptySince >= LEASES_OF_AN_EMPTY_REDIS * lease;
        }
        emptySince = 0;
        return own || leaseSeen || isOwn(seen.holder()) || now - answersSince >= lease;
    }

    private void sayTrouble(String trouble) {
        if (!trouble.isEmpty() && !trouble.equals(saidTrouble)) {
            LOG.warn(
                    "What is in Redis at {} is not a focus' journal: {}. Whoever acts begins it anew",
                    settings.place(),
                    trouble);
        }
        saidTrouble = trouble;
    }

    private void rehearse(Seen seen) throws RedisTrouble {
        String version = seen.epoch() + " " + seen.version();
        if (version.equals(readVersion)
                || (!readVersion.isEmpty() && System.nanoTime() - readAt < READ_AT_MOST_EVERY.toNanos())) {
            return;
        }
        SortedMap<String, byte[]> records = read();
        readVersion = version;
        readAt = System.nanoTime();
        try {
            rehearsal.accept(records);
            saidUnreadable = false;
        } catch (RuntimeException e) {
            if (!saidUnreadable) {
                saidUnreadable = true;
                LOG.warn(
                        "What {} keeps in Redis at {} cannot be gone on with here: {}",
                        seen.leased(),
                        settings.place(),
                        e.toString());
            }
        }
    }

    private SortedMap<String, byte[]> read() throws RedisTrouble {
        Map<String, byte[]> records =
                RedisLink.await(link().records(), settings.limit().multipliedBy(LIMITS_FOR_ALL_RECORDS));
        return Collections.unmodifiableSortedMap(new TreeMap<>(records));
    }

    private void take(Seen seen) throws RedisTrouble {
        if (!seen.holder().equals(owner)) {
            // Otherwise the answer to an earlier attempt was lost.
            holderBefore = seen.holder();
        }
        long asked = System.nanoTime();
        List<String> answer = RedisLink.await(
                link().run(
                                Script.ACQUIRE,
                                bytes(owner),
                                bytes(settings.machine()),
                                bytes(Long.toString(settings.lease().toMillis())),
                                bytes(Long.toString(highestEpoch)),
                                bytes(seen.holder().isEmpty() ? "1" : "0")),
                settings.limit());
        if (!answer.getFirst().equals("taken")) {
            return;
        }
        Claim claim = new Claim(owner, Long.parseLong(answer.get(1)));
        String before = answer.get(2).equals(owner) ? holderBefore : answer.get(2);
        Taken.From from = before.isEmpty()
                ? Taken.From.NOBODY
                : isOwn(before) ? Taken.From.THIS_MACHINE : Taken.From.ANOTHER_MACHINE;
        boolean whole = answer.get(3).equals("1");
        if (!whole && from == Taken.From.ANOTHER_MACHINE) {
            LOG.warn("What {} left in Redis is not all that there was: begins without it", before);
        }
        LOG.info(
                "Holds the lease in Redis at {}, epoch {}{}",
                settings.place(),
                claim.epoch(),
                before.isEmpty() ? "" : ", after " + before);
        begin(claim, Optional.of(asked), whole, from);
    }

    private void begin(Claim claim, Optional<Long> asked, boolean whole, Taken.From from) {
        RedisLease lease = new RedisLease(server, claim, asked, to -> {
            if (!isOwn(to)) {
                files.forgetClaim();
            }
            onLost.run();
        });
        // A claim that this process has made begins to count at 0; one that it goes on with had fewer batches than
        // milliseconds.
        RedisReplica replica = new RedisReplica(server, lease, asked.isPresent() ? 0 : System.currentTimeMillis());
        // Before the records are read, which may take longer than a lease.
        lease.start(replica::trueFrom, replica::forgotten);
        SortedMap<String, byte[]> records = whole ? readAtLast() : new TreeMap<>();
        replica.start();
        files.remember(claim);
        taken.complete(new Taken(lease, records, from, replica));
        if (over) {
            replica.close();
            lease.close();
        }
    }

    private SortedMap<String, byte[]> readAtLast() {
        long until = System.nanoTime() + settings.lease().toNanos();
        while (true) {
            try {
                return read();
            } catch (RedisTrouble e) {
                link.ifPresent(RedisLink::close);
                link = Optional.empty();
                if (over || System.nanoTime() - until > 0) {
                    LOG.warn(
                            "The records cannot be read from Redis at {}: {}. Begins without them",
                            settings.place(),
                            e.getMessage());
                    return new TreeMap<>();
                }
            }
        }
    }
}
