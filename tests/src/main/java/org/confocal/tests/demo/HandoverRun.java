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
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.demo.DemoRoom.Outcome;
import org.confocal.tests.demo.FocusProcesses.Ports;
import org.confocal.tests.demo.FocusUnderTest.Holdings;
import org.confocal.tests.demo.HandoverLedger.Life;
import org.confocal.tests.demo.HandoverLedger.Totals;
import org.confocal.tests.demo.HandoverReport.Restart;
import org.confocal.tests.demo.JoinPauses.Disturbance;
import org.confocal.tests.demo.JoinPauses.Kind;
import org.confocal.tests.demo.TrafficPlan.Act;
import org.confocal.tests.prosody.ProsodyConfig;
import org.confocal.tests.prosody.ProsodyProcess;

/** Rooms in which people come, go and change their sources all the time, while the focus is restarted again and again. */
final class HandoverRun {
    /** For any answer, and for a session. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final Duration BACK_OFF = Duration.ofMillis(200);

    /** Issue 6: 50 steps/s in 100 rooms. */
    private static final double STEPS_PER_ROOM = 0.5;

    private static final Duration BETWEEN = Duration.ofSeconds(3);
    private static final Duration SETTLE = Duration.ofSeconds(45);
    private static final int LEFTOVER_SECONDS = 60;
    private static final int MOST_JOINS_AT_ONCE = 60;

    /** How long Prosody keeps what is for an absent focus: the longest gap, and a start on a busy machine. */
    private static final int HOLD_SECONDS = 30;

    private final Deployment deployment;
    private final FocusProcesses focus;
    private final DemoOptions options;
    private final SplittableRandom random;
    private final HandoverLedger ledger = new HandoverLedger();
    private final List<HandoverRoom> rooms = new ArrayList<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final List<Disturbance> disturbances = new ArrayList<>();
    private final List<Restart> restarts = new ArrayList<>();
    private final HandoverCheck check;
    private final Restarter restarter;
    private double journalCpu;
    private double processCpu;

    private HandoverRun(Deployment deployment, FocusProcesses focus, DemoOptions options) {
        this.deployment = deployment;
        this.focus = focus;
        this.options = options;
        this.random = new SplittableRandom(options.seed());
        this.check = new HandoverCheck(deployment, ledger, this::error);
        this.restarter = new Restarter(focus, deployment, ledger, random.split(), this::error);
        for (int i = 0; i < options.rooms(); i++) {
            rooms.add(new HandoverRoom(
                    DemoMeasure.roomName(i), deployment.prosody().config(), ledger, random.split()));
        }
    }

    /** Starts a Prosody, bridges and a focus in a process of its own, and runs it; the logs of a run with errors are kept. */
    static HandoverReport once(DemoOptions options, FocusCommand command) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("handover-");
        ProsodyProcess prosody =
                ProsodyProcess.start(ProsodyConfig.forTests(options.mode()).hibernating(HOLD_SECONDS));
        Ports ports = options.handover().stops() > 0 ? Ports.OWN : Ports.COMMON;
        FocusProcesses focus = new FocusProcesses(command, folder, prosody.config(), ports);
        HandoverReport report;
        try (Deployment deployment = Deployment.start(Layout.THREE_ALIKE, prosody, focus, 0, options.seed())) {
            report = new HandoverRun(deployment, focus, options).run();
        }
        PrintStream notes = System.err;
        if (report.errors().isEmpty()) {
            FocusProcesses.remove(folder);
        } else {
            notes.println("What the focus wrote is in " + folder);
        }
        return report;
    }

    private void error(String what) {
        if (errors.size() < HandoverLedger.MAX_ERRORS) {
            errors.add(what);
        }
    }

    private HandoverReport run() throws InterruptedException {
        fill();
        Traffic.Amount amount;
        try (Traffic traffic = Traffic.start(rooms, STEPS_PER_ROOM * rooms.size(), random.split())) {
            settle("before the restarts");
            for (Kind kind : kinds(options.handover())) {
                restart(kind);
            }
            amount = traffic.amount();
        } catch (IOException e) {
            throw new IllegalStateException("a process could not be started: " + e.getMessage(), e);
        }
        check.all(rooms, "in the end", SETTLE);
        rooms.forEach(HandoverRoom::empty);
        errors.addAll(DemoMeasure.leftovers(deployment, deployment.bridges(), LEFTOVER_SECONDS));
        for (FocusProcess process : focus.all()) {
            process.logErrors().forEach(line -> error("process " + process.number() + ": " + line));
        }
        return report(amount);
    }

    /** Planned ones and crashes by turns. */
    static List<Kind> kinds(HandoverOptions options) {
        List<Kind> kinds = new ArrayList<>();
        for (int i = 0; i < Math.max(options.planned(), options.crashes()); i++) {
            if (i < options.planned()) {
                kinds.add(Kind.PLANNED);
            }
            if (i < options.crashes()) {
                kinds.add(Kind.CRASH);
            }
        }
        for (int i = 0; i < options.stops(); i++) {
            kinds.add(Kind.STOPPED);
        }
        return kinds;
    }

    /** Makes rooms have as many people as they began with, at least. */
    private void fill() throws InterruptedException {
        // Room by room: whoever is alone in a room waits for company.
        Semaphore atOnce = new Semaphore(MOST_JOINS_AT_ONCE, true);
        List<Callable<Outcome>> tasks = new ArrayList<>();
        for (HandoverRoom room : rooms) {
            for (int i = room.view().size(); i < options.participants(); i++) {
                tasks.add(() -> {
                    atOnce.acquire();
                    try {
                        room.begin(Act.JOIN).ifPresent(Runnable::run);
                    } finally {
                        atOnce.release();
                    }
                    return new Outcome(List.of(), List.of());
                });
            }
        }
        DemoMeasure.atOnce(tasks).forEach(each -> each.errors().forEach(this::error));
    }

    private void restart(Kind kind) throws IOException, InterruptedException {
        Totals before = totals();
        Restarter.Outcome outcome = switch (kind) {
            case PLANNED -> restarter.planned();
            case CRASH -> restarter.crash(options.handover().bridgeLoss());
            case STOPPED -> restarter.stopped();
        };
        disturbances.add(outcome.disturbance());
        String name = kind.name().toLowerCase(Locale.ROOT);
        settle("after restart " + (restarts.size() + 1) + " (" + name + ")");
        Totals cost = totals().since(before);
        restarts.add(new Restart(
                name,
                TimeUnit.NANOSECONDS.toMillis(outcome.disturbance().gap().nanos()),
                TimeUnit.NANOSECONDS.toMillis(outcome.readyNanos()),
                outcome.bytesAfterContinue(),
                cost.focusLeftSeen(),
                cost.invitesBeyondJoins(),
                cost.lostStanzas(),
                cost.sessionsLost()));
        System.err.println(restarts.getLast());
    }

    /** A time under traffic, in the end of which all rooms are looked at and filled up. */
    private void settle(String when) throws InterruptedException {
        FocusMetrics start = focus.metrics();
        pause();
        check.all(rooms, when, SETTLE);
        processorTime(start, focus.metrics());
        fill();
    }

    private static void pause() {
        long until = System.nanoTime() + BETWEEN.toNanos();
        while (System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private void processorTime(FocusMetrics start, FocusMetrics end) {
        OptionalDouble journal = difference(start, end, "confocal_journal_cpu_seconds_total");
        OptionalDouble process = difference(start, end, "process_cpu_seconds_total");
        if (journal.isPresent() && process.isPresent()) {
            journalCpu += journal.getAsDouble();
            processCpu += process.getAsDouble();
        }
    }

    private static OptionalDouble difference(FocusMetrics start, FocusMetrics end, String name) {
        OptionalDouble from = start.value(name);
        OptionalDouble to = end.value(name);
        return from.isPresent() && to.isPresent()
                ? OptionalDouble.of(to.getAsDouble() - from.getAsDouble())
                : OptionalDouble.empty();
    }

    private List<Life> lives() {
        return ledger.lives(
                rooms.stream().flatMap(room -> room.lives().stream()).toList());
    }

    private Totals totals() {
        return ledger.totals(
                lives(),
                deployment.allBridges().stream()
                        .mapToLong(BridgeEmulator::focusDepartures)
                        .sum());
    }

    private HandoverReport report(Traffic.Amount amount) {
        List<Life> lives = lives();
        Totals totals = totals();
        JoinPauses pauses = JoinPauses.of(lives, disturbances);
        Optional<Double> share =
                processCpu > 0 ? Optional.of(Math.round(1000 * journalCpu / processCpu) / 1000.0) : Optional.empty();
        List<String> all = new ArrayList<>(HandoverReport.missedBounds(totals, pauses, share));
        all.addAll(errors);
        all.addAll(HandoverLedger.errors(lives));
        Holdings left = focus.holdings();
        return new HandoverReport(
                options.mode().name().toLowerCase(Locale.ROOT),
                rooms.size(),
                totals,
                amount,
                pauses,
                share,
                restarts,
                deployment.bridges().stream().map(DemoMeasure::bridge).toList(),
                left,
                all.subList(0, Math.min(all.size(), HandoverLedger.MAX_ERRORS)));
    }
}
