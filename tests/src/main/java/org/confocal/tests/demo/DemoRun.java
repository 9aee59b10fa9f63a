package org.confocal.tests.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.demo.DemoRoom.Outcome;

/** All rooms of the demo at once, and what they add up to. */
final class DemoRun {
    private static final int SETTLE_SECONDS = 20;
    private static final int STATUS_SECONDS = 10;

    private final Deployment deployment;
    private final DemoOptions options;
    private final SplittableRandom random;

    DemoRun(Deployment deployment, DemoOptions options) {
        this.deployment = deployment;
        this.options = options;
        this.random = new SplittableRandom(options.seed());
    }

    /** Every room once, and the report. */
    DemoReport once() throws InterruptedException {
        List<Callable<Outcome>> rooms = new ArrayList<>();
        for (int i = 0; i < options.rooms(); i++) {
            rooms.add(new DemoRoom(deployment, DemoMeasure.roomName(i), options.participants(), random.split())::run);
        }
        List<Outcome> outcomes = DemoMeasure.atOnce(rooms);
        List<String> errors = new ArrayList<>(DemoMeasure.leftovers(deployment, deployment.bridges(), SETTLE_SECONDS));
        errors.addAll(DemoMeasure.refusals(deployment));
        return DemoMeasure.report(deployment, options, outcomes, errors);
    }

    /** One room after the other in each place, until the thread is interrupted; the interrupt is used up. */
    void forEver() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < options.rooms(); i++) {
                String name = DemoMeasure.roomName(i);
                SplittableRandom own = random.split();
                threads.execute(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Outcome outcome =
                                new DemoRoom(deployment, name, 2 + own.nextInt(options.participants()), own).run();
                        // People who are interrupted by the end of the demo have reason to complain.
                        if (!Thread.currentThread().isInterrupted()) {
                            outcome.errors().forEach(System.err::println);
                        }
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(own.nextInt(5_000)));
                    }
                });
            }
            // Clears the interrupt, for what is closed afterwards waits.
            while (!Thread.interrupted()) {
                System.err.println(status());
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(STATUS_SECONDS));
            }
            threads.shutdownNow();
        }
    }

    private String status() {
        StringBuilder text = new StringBuilder(120);
        text.append(deployment.focus().holdings());
        for (BridgeEmulator bridge : deployment.bridges()) {
            text.append("  ")
                    .append(bridge.config().name())
                    .append(' ')
                    .append(bridge.books().endpoints());
        }
        return text.append("  ").append(deployment.url("/stats")).toString();
    }
}
