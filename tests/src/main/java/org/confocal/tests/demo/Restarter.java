package org.confocal.tests.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.demo.HandoverOptions.BridgeLoss;
import org.confocal.tests.demo.JoinPauses.Disturbance;
import org.confocal.tests.demo.JoinPauses.Gap;
import org.confocal.tests.demo.JoinPauses.Kind;

/** Restarts the focus in each of the ways, and says how that went. Used by one thread; every wait is bounded. */
final class Restarter {
    /** For a new process to be ready, and for an old one to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration STOPPED = Duration.ofSeconds(10);
    private static final Duration UNTIL_TAKEOVER = Duration.ofSeconds(1);
    private static final Duration BRIDGE_AWAY = Duration.ofSeconds(2);
    /** Joins that begin so long after the new process was ready still count as joins around the restart. */
    private static final Duration AFTERMATH = Duration.ofSeconds(1);

    private static final int MOMENT_MILLIS = 1_000;
    private static final int LEAST_GAP_MILLIS = 200;
    private static final int MOST_GAP_MILLIS = 5_000;

    private final FocusProcesses focus;
    private final Deployment deployment;
    private final HandoverLedger ledger;
    private final SplittableRandom random;
    private final Consumer<String> errors;

    Restarter(
            FocusProcesses focus,
            Deployment deployment,
            HandoverLedger ledger,
            SplittableRandom random,
            Consumer<String> errors) {
        this.focus = focus;
        this.deployment = deployment;
        this.ledger = ledger;
        this.random = random;
        this.errors = errors;
    }

    /**
     * How it went.
     *
     * @param readyNanos from the start of the new process to it being in charge
     * @param bytesAfterContinue what a stopped process sent to Prosody after it was woken up
     */
    record Outcome(Disturbance disturbance, long readyNanos, Optional<Long> bytesAfterContinue) {}

    /**
     * Starts another process while one runs, which has to end by itself; who waited beside that gives way to the next who does.
     *
     * @param spare whether somebody waits
     */
    Outcome planned(boolean spare) throws IOException {
        anyMoment();
        focus.endSpare();
        FocusProcess old = focus.current();
        long from = System.nanoTime();
        FocusProcess next = focus.startAnother();
        OptionalInt end = old.awaitEnd(PATIENCE);
        if (end.isEmpty()) {
            errors.accept("process " + old.number() + " has not handed over after " + PATIENCE.toSeconds() + " s");
            next.kill();
        } else if (end.getAsInt() != 0) {
            errors.accept("process " + old.number() + " handed over with exit code " + end.getAsInt());
        }
        Outcome outcome = ready(Kind.PLANNED, from, new Gap(from, from), Optional.empty());
        if (spare) {
            startSpare();
        }
        return outcome;
    }

    /** Kills it, and starts another some time later. */
    Outcome crash(BridgeLoss bridgeLoss) throws IOException {
        anyMoment();
        long from = System.nanoTime();
        focus.current().kill();
        Optional<BridgeEmulator> dead =
                bridgeLoss == BridgeLoss.IN_EACH_GAP ? Optional.of(bridgeDies()) : Optional.empty();
        long gap = TimeUnit.MILLISECONDS.toNanos(random.nextInt(LEAST_GAP_MILLIS, MOST_GAP_MILLIS + 1));
        pause(Duration.ofNanos(Math.max(0, from + gap - System.nanoTime())));
        long started = System.nanoTime();
        focus.startAnother();
        Outcome outcome = ready(Kind.CRASH, from, new Gap(from, started), Optional.empty());
        if (dead.isPresent()) {
            pause(BRIDGE_AWAY);
            deployment.replace(dead.get());
        }
        return outcome;
    }

    /** Kills it, and starts it again some time later, as a service does; who waited beside it goes on meanwhile. */
    Outcome crashBesideSpare(BridgeLoss bridgeLoss) throws IOException {
        anyMoment();
        long from = System.nanoTime();
        focus.current().kill();
        focus.spareActs();
        Optional<BridgeEmulator> dead =
                bridgeLoss == BridgeLoss.IN_EACH_GAP ? Optional.of(bridgeDies()) : Optional.empty();
        Outcome outcome = ready(Kind.CRASH, from, new Gap(from, from), Optional.empty());
        long gap = TimeUnit.MILLISECONDS.toNanos(random.nextInt(LEAST_GAP_MILLIS, MOST_GAP_MILLIS + 1));
        pause(Duration.ofNanos(Math.max(0, from + gap - System.nanoTime())));
        startSpare();
        if (dead.isPresent()) {
            pause(BRIDGE_AWAY);
            deployment.replace(dead.get());
        }
        return outcome;
    }

    /** Starts a process that waits, until it does. */
    void startSpare() throws IOException {
        FocusProcess spare = focus.startSpare();
        if (!DemoMeasure.await(focus::spareWaits, Math.toIntExact(PATIENCE.toSeconds()))) {
            errors.accept("process " + spare.number() + " does not wait after " + PATIENCE.toSeconds() + " s");
        }
    }

    private BridgeEmulator bridgeDies() {
        BridgeEmulator victim =
                deployment.bridges().get(random.nextInt(deployment.bridges().size()));
        Set<String> on = new HashSet<>();
        victim.books()
                .conferences()
                .values()
                .forEach(conference -> on.addAll(conference.endpoints().keySet()));
        victim.kill();
        ledger.bridgeDied(on);
        return victim;
    }

    /** Stops it, has another take over, wakes it up: it has to end without having said anything. */
    Outcome stopped() throws IOException {
        anyMoment();
        FocusProcess old = focus.current();
        long from = System.nanoTime();
        old.stop();
        pause(UNTIL_TAKEOVER);
        long started = System.nanoTime();
        FocusProcess next = focus.startAnother();
        if (!healthy(next)) {
            errors.accept("process " + next.number() + " did not take over from the stopped one");
        }
        long ready = System.nanoTime();
        pause(Duration.ofNanos(Math.max(0, from + STOPPED.toNanos() - ready)));
        long sent = focus.sentBy(old);
        old.goOn();
        if (old.awaitEnd(PATIENCE).isEmpty()) {
            errors.accept("process " + old.number() + " still runs though it was replaced while it was stopped");
            old.kill();
        }
        long after = focus.sentBy(old) - sent;
        if (after != 0) {
            errors.accept(
                    "process " + old.number() + " sent " + after + " bytes after it was replaced while it was stopped");
        }
        Disturbance all =
                new Disturbance(Kind.STOPPED, from, System.nanoTime() + AFTERMATH.toNanos(), new Gap(from, started));
        return new Outcome(all, ready - started, Optional.of(after));
    }

    private Outcome ready(Kind kind, long from, Gap gap, Optional<Long> bytes) throws IOException {
        if (focus.running().isEmpty()) {
            errors.accept("no process runs after a restart; one more is started");
            focus.startAnother();
        }
        FocusProcess now = focus.current();
        if (!healthy(now)) {
            errors.accept("process " + now.number() + " is not well after " + PATIENCE.toSeconds() + " s");
        }
        long ready = System.nanoTime();
        return new Outcome(new Disturbance(kind, from, ready + AFTERMATH.toNanos(), gap), ready - gap.to(), bytes);
    }

    private boolean healthy(FocusProcess process) {
        return DemoMeasure.await(() -> focus.healthy(process), Math.toIntExact(PATIENCE.toSeconds()));
    }

    private void anyMoment() {
        pause(Duration.ofMillis(random.nextInt(MOMENT_MILLIS)));
    }

    private static void pause(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
