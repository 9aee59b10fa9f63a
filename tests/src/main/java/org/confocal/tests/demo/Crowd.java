package org.confocal.tests.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.demo.DemoRoom.Outcome;
import org.confocal.tests.demo.HandoverLedger.Life;
import org.confocal.tests.demo.HandoverLedger.Totals;
import org.confocal.tests.demo.TrafficPlan.Act;

/** The people of a run in which the focus does not stay the same, and what they have seen of that. */
final class Crowd {
    /** Issue 6: 50 steps/s in 100 rooms. */
    private static final double STEPS_PER_ROOM = 0.5;

    private static final Duration SETTLE = Duration.ofSeconds(45);
    private static final int LEFTOVER_SECONDS = 60;
    private static final int MOST_JOINS_AT_ONCE = 60;

    private final Deployment deployment;
    private final DemoOptions options;
    private final HandoverLedger ledger = new HandoverLedger();
    private final List<HandoverRoom> rooms = new ArrayList<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final HandoverCheck check;

    /** Rooms in which nobody is yet. */
    Crowd(Deployment deployment, DemoOptions options, SplittableRandom random) {
        this.deployment = deployment;
        this.options = options;
        this.check = new HandoverCheck(deployment, ledger, this::error);
        for (int i = 0; i < options.rooms(); i++) {
            rooms.add(new HandoverRoom(
                    DemoMeasure.roomName(i), deployment.prosody().config(), ledger, random.split()));
        }
    }

    HandoverLedger ledger() {
        return ledger;
    }

    List<HandoverRoom> rooms() {
        return List.copyOf(rooms);
    }

    void error(String what) {
        if (errors.size() < HandoverLedger.MAX_ERRORS) {
            errors.add(what);
        }
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    /** From now on people come, go and change their sources. */
    Traffic move(SplittableRandom random) {
        return Traffic.start(rooms, STEPS_PER_ROOM * rooms.size(), random);
    }

    /** Makes rooms have as many people as they began with, at least. */
    void fill() throws InterruptedException {
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

    /** Looks at all rooms. */
    void look(String when) {
        check.all(rooms, when, SETTLE);
    }

    /** Looks at all rooms for the last time; everybody goes, and nothing must be left. */
    void goHome() {
        look("in the end");
        rooms.forEach(HandoverRoom::empty);
        errors.addAll(DemoMeasure.leftovers(deployment, deployment.bridges(), LEFTOVER_SECONDS));
    }

    /** Notes what processes have logged that must not happen. */
    void readLogs(List<FocusProcess> processes) {
        for (FocusProcess process : processes) {
            process.logErrors().forEach(line -> error("process " + process.number() + ": " + line));
        }
    }

    List<Life> lives() {
        return ledger.lives(
                rooms.stream().flatMap(room -> room.lives().stream()).toList());
    }

    Totals totals() {
        return ledger.totals(
                lives(),
                deployment.allBridges().stream()
                        .mapToLong(BridgeEmulator::focusDepartures)
                        .sum());
    }
}
