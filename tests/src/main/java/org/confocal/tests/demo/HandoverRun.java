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
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.confocal.tests.demo.FocusProcesses.Ports;
import org.confocal.tests.demo.FocusUnderTest.Holdings;
import org.confocal.tests.demo.HandoverLedger.Life;
import org.confocal.tests.demo.HandoverLedger.Totals;
import org.confocal.tests.demo.HandoverReport.Restart;
import org.confocal.tests.demo.JoinPauses.Disturbance;
import org.confocal.tests.demo.JoinPauses.Kind;
import org.confocal.tests.prosody.ProsodyConfig;
import org.confocal.tests.prosody.ProsodyProcess;

/** Rooms in which people come, go and change their sources all the time, while the focus is restarted again and again. */
final class HandoverRun {
    /** For any answer, and for a session. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final Duration BACK_OFF = Duration.ofMillis(200);

    private static final Duration BETWEEN = Duration.ofSeconds(3);

    /** How long Prosody keeps what is for an absent focus: the longest gap, and a start on a busy machine. */
    private static final int HOLD_SECONDS = 30;

    private final Deployment deployment;
    private final FocusProcesses focus;
    private final DemoOptions options;
    private final SplittableRandom random;
    private final Crowd crowd;
    private final List<Disturbance> disturbances = new ArrayList<>();
    private final List<Restart> restarts = new ArrayList<>();
    private final Restarter restarter;
    private double journalCpu;
    private double processCpu;

    private HandoverRun(Deployment deployment, FocusProcesses focus, DemoOptions options) {
        this.deployment = deployment;
        this.focus = focus;
        this.options = options;
        this.random = new SplittableRandom(options.seed());
        SplittableRandom restarts = random.split();
        this.crowd = new Crowd(deployment, options, random);
        this.restarter = new Restarter(focus, deployment, crowd.ledger(), restarts, crowd::error);
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

    private HandoverReport run() throws InterruptedException {
        crowd.fill();
        Traffic.Amount amount;
        try (Traffic traffic = crowd.move(random.split())) {
            if (options.handover().spare()) {
                restarter.startSpare();
            }
            settle("before the restarts");
            for (Kind kind : kinds(options.handover())) {
                restart(kind);
            }
            amount = traffic.amount();
        } catch (IOException e) {
            throw new IllegalStateException("a process could not be started: " + e.getMessage(), e);
        }
        crowd.goHome();
        crowd.readLogs(focus.all());
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

    private void restart(Kind kind) throws IOException, InterruptedException {
        Totals before = crowd.totals();
        Restarter.Outcome outcome = switch (kind) {
            case PLANNED -> restarter.planned(options.handover().spare());
            case CRASH ->
                options.handover().spare()
                        ? restarter.crashBesideSpare(options.handover().bridgeLoss())
                        : restarter.crash(options.handover().bridgeLoss());
            case STOPPED -> restarter.stopped();
        };
        disturbances.add(outcome.disturbance());
        String name = kind.name().toLowerCase(Locale.ROOT);
        settle("after restart " + (restarts.size() + 1) + " (" + name + ")");
        Totals cost = crowd.totals().since(before);
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
        crowd.look(when);
        processorTime(start, focus.metrics());
        crowd.fill();
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

    private HandoverReport report(Traffic.Amount amount) {
        List<Life> lives = crowd.lives();
        Totals totals = crowd.totals();
        JoinPauses pauses = JoinPauses.of(lives, disturbances);
        Optional<Double> share =
                processCpu > 0 ? Optional.of(Math.round(1000 * journalCpu / processCpu) / 1000.0) : Optional.empty();
        List<String> all = new ArrayList<>(HandoverReport.missedBounds(totals, pauses, share));
        all.addAll(crowd.errors());
        all.addAll(HandoverLedger.errors(lives));
        Holdings left = focus.holdings();
        return new HandoverReport(
                options.mode().name().toLowerCase(Locale.ROOT),
                options.rooms(),
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
