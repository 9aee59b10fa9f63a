package org.confocal.tests.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.confocal.tests.demo.FocusMachines.Machine;
import org.confocal.tests.demo.HandoverLedger.Life;
import org.confocal.tests.demo.HandoverLedger.Totals;
import org.confocal.tests.demo.JoinPauses.Pauses;
import org.confocal.tests.demo.StandbyReport.RedisGone;
import org.confocal.tests.demo.StandbyReport.Takeover;
import org.confocal.tests.demo.TrafficPlan.Act;
import org.confocal.tests.prosody.ProsodyConfig;
import org.confocal.tests.prosody.ProsodyProcess;

/**
 * Rooms in which people come, go and change their sources all the time, while the machine whose focus serves them is lost: to
 * the other one, back, once more after Redis was away, and in the end in an orderly way.
 */
final class StandbyRun {
    private static final int HOLD_SECONDS = 30;
    private static final int PATIENCE_SECONDS = 60;
    private static final int NEWCOMERS = 5;
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final FocusMachines machines;
    private final RedisUnderTest redis;
    private final Deployment deployment;
    private final DemoOptions options;
    private final SplittableRandom random;
    private final Crowd crowd;
    private final List<Takeover> takeovers = new ArrayList<>();
    private Optional<RedisGone> redisGone = Optional.empty();
    private Machine actsOn = Machine.ONE;
    private FocusProcess acting;
    private FocusProcess waiting;

    private StandbyRun(FocusMachines machines, RedisUnderTest redis, Deployment deployment, DemoOptions options)
            throws IOException {
        this.machines = machines;
        this.redis = redis;
        this.deployment = deployment;
        this.options = options;
        this.random = new SplittableRandom(options.seed());
        this.crowd = new Crowd(deployment, options, random);
        this.acting = machines.all().getFirst();
        this.waiting = machines.startOn(Machine.TWO);
    }

    /** What it needs beside it: a Redis, a Prosody, bridges, two focuses. The logs of a run with errors are kept. */
    static StandbyReport once(DemoOptions options, FocusCommand command) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("standby-");
        StandbyReport report;
        try (RedisUnderTest redis = RedisUnderTest.start(folder.resolve("redis"))) {
            ProsodyProcess prosody =
                    ProsodyProcess.start(ProsodyConfig.forTests(options.mode()).hibernating(HOLD_SECONDS));
            FocusMachines machines = new FocusMachines(command, folder, redis.uri());
            try (Deployment deployment = Deployment.start(Layout.THREE_ALIKE, prosody, machines, 0, options.seed())) {
                report = new StandbyRun(machines, redis, deployment, options).run();
            }
        }
        PrintStream notes = System.err;
        if (report.errors().isEmpty()) {
            FocusProcesses.remove(folder);
        } else {
            notes.println("What the focuses wrote is in " + folder);
        }
        return report;
    }

    private StandbyReport run() throws InterruptedException {
        crowd.fill();
        Traffic.Amount amount;
        try (Traffic traffic = crowd.move(random.split())) {
            awaitWaiting();
            settle("before anything happens");
            lose(End.KILLED);
            lose(End.FROZEN);
            withoutRedis();
            lose(End.KILLED);
            lose(End.STOPPED);
            amount = traffic.amount();
        } catch (IOException e) {
            throw new IllegalStateException("a process could not be started: " + e.getMessage(), e);
        }
        crowd.goHome();
        crowd.readLogs(machines.all());
        return report(amount);
    }

    private void awaitWaiting() {
        check(() -> machines.waits(waiting), "process " + waiting.number() + " does not wait as a standby");
    }

    private void check(BooleanSupplier condition, String otherwise) {
        if (!DemoMeasure.await(condition, PATIENCE_SECONDS)) {
            crowd.error(otherwise + " after " + PATIENCE_SECONDS + " s");
        }
    }

    private void settle(String when) throws InterruptedException {
        pause(MOMENT);
        crowd.look(when);
        crowd.fill();
    }

    /** How a machine's focus ends. */
    private enum End {
        /** SIGKILL. */
        KILLED,
        /** SIGSTOP, and SIGCONT when the other one acts. */
        FROZEN,
        /** SIGTERM. */
        STOPPED;

        void of(FocusProcess process) throws IOException {
            switch (this) {
                case KILLED -> process.kill();
                case FROZEN -> process.stop();
                case STOPPED -> process.terminate();
            }
        }
    }

    /** Ends the focus that acts, measures how the other one goes on, and starts it again as the one that waits. */
    private void lose(End end) throws IOException, InterruptedException {
        String kind = end.name().toLowerCase(Locale.ROOT);
        Totals before = crowd.totals();
        pause(Duration.ofMillis(random.nextInt(1_000)));
        FocusProcess lost = acting;
        long from = System.nanoTime();
        end.of(lost);
        acting = waiting;
        machines.actsNow(acting);
        OptionalLong served = firstServed(from);
        if (served.isEmpty()) {
            crowd.error("nobody who came after the focus was " + kind + " was served for " + PATIENCE_SECONDS + " s");
        }
        check(
                () -> machines.acts(acting),
                "process " + acting.number() + " does not act after the other one was " + kind);
        if (end == End.FROZEN) {
            lost.goOn();
        }
        check(() -> !lost.isAlive(), "process " + lost.number() + " still runs after it was " + kind);
        waiting = machines.startOn(actsOn);
        actsOn = actsOn.other();
        awaitWaiting();
        settle("after takeover " + (takeovers.size() + 1) + " (" + kind + ")");
        Totals cost = crowd.totals().since(before);
        takeovers.add(new Takeover(
                kind,
                served.isPresent()
                        ? TimeUnit.NANOSECONDS.toMillis(served.getAsLong() - from)
                        : TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS),
                cost.focusLeftSeen(),
                cost.invitesBeyondJoins(),
                cost.lostStanzas(),
                cost.sessionsLost()));
        System.err.println(takeovers.getLast());
    }

    /** Somebody comes at once; when the first one was invited who asked after that moment. */
    private OptionalLong firstServed(long from) {
        newcomers();
        long[] first = {0};
        boolean served = DemoMeasure.await(
                () -> {
                    OptionalLong invited = crowd.lives().stream()
                            .filter(life -> life.requestedNanos() != 0 && life.requestedNanos() - from >= 0)
                            .flatMapToLong(life -> life.invitedNanos().stream())
                            .min();
                    first[0] = invited.orElse(0);
                    return invited.isPresent();
                },
                PATIENCE_SECONDS);
        return served ? OptionalLong.of(first[0]) : OptionalLong.empty();
    }

    private void newcomers() {
        crowd.rooms().stream()
                .limit(NEWCOMERS)
                .forEach(room -> room.begin(Act.JOIN)
                        .ifPresent(work -> Thread.ofVirtual().start(work)));
    }

    /** Redis is killed while both run, and comes back empty. */
    private void withoutRedis() throws IOException, InterruptedException {
        long from = System.nanoTime();
        redis.kill();
        check(() -> machines.says(acting, "confocal_redis_up", 0), "who acts does not say that Redis is gone");
        check(() -> machines.says(waiting, "confocal_redis_up", 0), "who waits does not say that Redis is gone");
        check(
                () -> machines.logged(acting, "does not confirm the lease") > 0,
                "who acts does not notice that nobody confirms the lease");
        newcomers();
        settle("while Redis is away");
        if (!machines.waits(waiting) || !machines.acts(acting)) {
            crowd.error("without Redis, who acts or who waits has changed");
        }
        long until = System.nanoTime();
        List<Long> pauses = crowd.lives().stream()
                .filter(life -> life.requestedNanos() - from >= 0 && life.requestedNanos() - until < 0)
                .flatMapToLong(StandbyRun::pause)
                .boxed()
                .toList();
        if (pauses.isEmpty()) {
            crowd.error("nobody has joined while Redis was away");
        }
        long back = System.nanoTime();
        redis.startAgain();
        check(
                () -> machines.says(acting, "confocal_redis_up", 1) && machines.says(acting, "confocal_redis_lease", 1),
                "who acts has not filled Redis again");
        check(() -> machines.says(waiting, "confocal_redis_up", 1), "who waits does not see Redis again");
        long recovered = System.nanoTime() - back;
        long byHolder = machines.logged(acting, "does not confirm the lease")
                + machines.logged(acting, "The journal is not kept in Redis");
        long byStandby = machines.logged(waiting, " does not answer: ");
        // Once more where Redis was filled before it was found that it had forgotten who acts.
        if (byHolder < 2 || byHolder > 3 || byStandby != 1) {
            crowd.error("that Redis was gone was said " + byHolder + " times by who acts, 2 or 3 were wanted, and "
                    + byStandby + " times by who waits, 1 was wanted");
        }
        redisGone = Optional.of(new RedisGone(
                pauses.size(), Pauses.of(pauses), byHolder, byStandby, TimeUnit.NANOSECONDS.toMillis(recovered)));
        System.err.println(redisGone.get());
        settle("after Redis was away");
        // Who waits watches a Redis that has come back for a while before it trusts it.
        check(() -> machines.waits(waiting), "who waits does not wait any more");
    }

    private static LongStream pause(Life life) {
        return life.requestedNanos() == 0
                ? LongStream.empty()
                : life.invitedNanos().stream().map(invited -> invited - life.requestedNanos());
    }

    private static void pause(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private StandbyReport report(Traffic.Amount amount) {
        List<Life> lives = crowd.lives();
        Totals totals = crowd.totals();
        List<String> all = new ArrayList<>(StandbyReport.missedBounds(totals, takeovers));
        all.addAll(crowd.errors());
        all.addAll(HandoverLedger.errors(lives));
        return new StandbyReport(
                options.mode().name().toLowerCase(Locale.ROOT),
                options.rooms(),
                totals,
                amount,
                takeovers.stream().mapToLong(Takeover::carriedOnMs).max().orElse(0),
                takeovers,
                redisGone,
                deployment.bridges().stream().map(DemoMeasure::bridge).toList(),
                machines.holdings(),
                all.subList(0, Math.min(all.size(), HandoverLedger.MAX_ERRORS)));
    }
}
